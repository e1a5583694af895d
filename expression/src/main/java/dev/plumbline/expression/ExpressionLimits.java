package dev.plumbline.expression;

import dev.plumbline.expression.Refusal.Reason;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;

/**
 * How large an expression or a query may be. It is checked before anything is parsed, so that what
 * is refused does not depend on the stack of a thread.
 */
final class ExpressionLimits {
  /** Longer than any that a person wrote. */
  static final int MOST_CHARACTERS = 20_000;

  /** Words, names, numbers and signs. */
  static final int MOST_TOKENS = 5_000;

  /** Brackets and {@code case ... end} in each other. */
  static final int MOST_DEPTH = 64;

  private ExpressionLimits() {}

  /**
   * Returns if the text is small enough.
   *
   * @throws ExpressionException where it is not
   */
  static void check(String sql) {
    if (sql.length() > MOST_CHARACTERS) {
      throw tooLarge("%d characters".formatted(sql.length()), MOST_CHARACTERS).at(MOST_CHARACTERS);
    }
    SqlTokens tokens = SqlTokens.of(sql);
    if (tokens.size() > MOST_TOKENS) {
      throw tooLarge("%d words and signs".formatted(tokens.size()), MOST_TOKENS)
          .at(tokens.offset(MOST_TOKENS));
    }
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      depth += step(tokens, i);
      if (depth > MOST_DEPTH) {
        throw Reason.TOO_LARGE
            .found("the expression is nested too deeply")
            .expected("at most " + MOST_DEPTH + " brackets and cases in each other")
            .remedy("split it")
            .at(tokens.offset(i));
      }
    }
  }

  private static Refusal tooLarge(String size, int most) {
    return Reason.TOO_LARGE
        .found("the expression has %s", size)
        .expected("at most " + most)
        .remedy("split it");
  }

  private static int step(SqlTokens tokens, int index) {
    if (tokens.is(index, SqlBaseLexer.LEFT_PAREN)
        || tokens.is(index, SqlBaseLexer.LEFT_BRACKET)
        || tokens.is(index, SqlBaseLexer.CASE)) {
      return 1;
    }
    boolean closes =
        tokens.is(index, SqlBaseLexer.RIGHT_PAREN)
            || tokens.is(index, SqlBaseLexer.RIGHT_BRACKET)
            || tokens.is(index, SqlBaseLexer.END);
    return closes ? -1 : 0;
  }
}
