package dev.plumbline.expression;

import dev.plumbline.expression.Refusal.Reason;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CodePointCharStream;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.UpperCaseCharStream;

/** A stretch of SQL as Spark's tokens, without white space and comments. */
final class SqlTokens {
  private final String sql;
  private final List<? extends Token> tokens;

  /** Where the stretch begins if it is empty. */
  private final int start;

  private SqlTokens(String sql, List<? extends Token> tokens, int start) {
    this.sql = sql;
    this.tokens = tokens;
    this.start = start;
  }

  static SqlTokens of(String sql) {
    CodePointCharStream characters = CharStreams.fromString(sql);
    SqlBaseLexer lexer = new SqlBaseLexer(new UpperCaseCharStream(characters));
    lexer.removeErrorListeners();
    List<? extends Token> visible =
        lexer.getAllTokens().stream()
            .filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL)
            .toList();
    return new SqlTokens(sql, visible, 0);
  }

  int size() {
    return tokens.size();
  }

  /**
   * The tokens, a space after each.
   *
   * @param foldsNames whether names are the same in small and large letters; texts never are, nor
   *     is what follows a dot, which may be the key of a map
   */
  String canonical(boolean foldsNames) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      boolean exact =
          !foldsNames
              || is(i, SqlBaseLexer.STRING_LITERAL)
              || is(i, SqlBaseLexer.DOUBLEQUOTED_STRING)
              || (i > 0 && is(i - 1, SqlBaseLexer.DOT));
      text.append(exact ? text(i) : text(i).toLowerCase(Locale.ROOT)).append(' ');
    }
    return text.toString();
  }

  /** Whether there is such a token and it is of that type of {@link SqlBaseLexer}. */
  boolean is(int index, int type) {
    return index < tokens.size() && tokens.get(index).getType() == type;
  }

  /** The source from the first token to the last, comments between them included. */
  String text() {
    return tokens.isEmpty() ? "" : sql.substring(offset(), end(tokens.size() - 1));
  }

  String text(int index) {
    return sql.substring(offset(index), end(index));
  }

  /** Where the stretch begins in the whole text, in characters from 0. */
  int offset() {
    return tokens.isEmpty() ? start : offset(0);
  }

  int offset(int index) {
    return sql.offsetByCodePoints(0, tokens.get(index).getStartIndex());
  }

  /** The tokens from {@code from} to before {@code to}. */
  SqlTokens between(int from, int to) {
    return new SqlTokens(sql, tokens.subList(from, to), from == 0 ? start : end(from - 1));
  }

  /**
   * The index of the bracket that closes the one at {@code open}.
   *
   * @throws ExpressionException if there is none
   */
  int closing(int open) {
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      depth += depth(i);
      if (depth == 0) {
        return i;
      }
    }
    throw Reason.SYNTAX
        .found("this '(' is not closed")
        .remedy("close it with ')'")
        .at(offset(open));
  }

  /** The index of the first token of that type outside all brackets; -1 if there is none. */
  int outermost(int type) {
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      depth += depth(i);
      if (depth == 0 && is(i, type)) {
        return i;
      }
    }
    return -1;
  }

  private int depth(int index) {
    if (is(index, SqlBaseLexer.LEFT_PAREN)) {
      return 1;
    }
    return is(index, SqlBaseLexer.RIGHT_PAREN) ? -1 : 0;
  }

  private int end(int index) {
    return sql.offsetByCodePoints(0, tokens.get(index).getStopIndex() + 1);
  }
}
