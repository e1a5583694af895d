package dev.plumbline.expression;

import java.util.regex.Pattern;

/**
 * A query in the SQL of some database, of which little is known: comments and white space outside
 * of quotes mean nothing to any. Letters keep their case, by which some databases tell names apart.
 */
final class ForeignSql {
  /**
   * What databases read in different ways, so that nobody can tell where a quote or a comment ends:
   * backslashes, brackets and dollars that quote, comments after {@code #}, {@code q'(...)'}.
   */
  private static final Pattern AMBIGUOUS = Pattern.compile("(?i)[\\\\\\[#]|\\$\\w*\\$|\\bn?q'");

  private static final String QUOTES = "'\"`";
  private static final String TIGHT = "(),";

  private final String sql;
  private final StringBuilder text = new StringBuilder();
  private int at;

  private ForeignSql(String sql) {
    this.sql = sql;
  }

  /** The query without what means nothing; if that cannot be told, all but the space around it. */
  static String canonical(String sql) {
    boolean readable = !AMBIGUOUS.matcher(sql).find();
    ForeignSql query = new ForeignSql(sql.strip());
    return readable && query.read() ? query.text.toString().strip() : query.sql;
  }

  private boolean read() {
    while (at < sql.length()) {
      char next = sql.charAt(at);
      boolean read = true;
      if (sql.startsWith("/*", at)) {
        read = comment();
      } else if (sql.startsWith("--", at)) {
        read = lineComment();
      } else if (QUOTES.indexOf(next) >= 0) {
        read = copy(sql.indexOf(next, at + 1), 1);
      } else if (Character.isWhitespace(next)) {
        gap(at + 1);
      } else {
        read = copy(at, 1);
      }
      if (!read) {
        return false;
      }
    }
    return true;
  }

  /** Some databases execute {@code /*! ...} and obey {@code /*+ ...}; some have comments within. */
  private boolean comment() {
    int end = sql.indexOf("*/", at + 2);
    int inner = sql.indexOf("/*", at + 2);
    if (end < 0 || (inner >= 0 && inner < end)) {
      return false;
    }
    char first = sql.charAt(at + 2);
    if (first == '!' || first == '+') {
      return copy(end, 2);
    }
    gap(end + 2);
    return true;
  }

  /** Without a space after it, it is two signs in some databases. */
  private boolean lineComment() {
    if (at + 2 < sql.length() && !Character.isWhitespace(sql.charAt(at + 2))) {
      return false;
    }
    int end = sql.indexOf('\n', at);
    gap(end < 0 ? sql.length() : end + 1);
    return true;
  }

  private void gap(int end) {
    boolean tight = !text.isEmpty() && (TIGHT + " ").indexOf(text.charAt(text.length() - 1)) >= 0;
    text.append(tight ? "" : " ");
    at = end;
  }

  /** Copies up to {@code last} and the {@code length} characters there; false without an end. */
  private boolean copy(int last, int length) {
    if (last < 0) {
      return false;
    }
    boolean closes = TIGHT.indexOf(sql.charAt(at)) >= 0 && text.toString().endsWith(" ");
    text.setLength(closes ? text.length() - 1 : text.length());
    text.append(sql, at, last + length);
    at = last + length;
    return true;
  }
}
