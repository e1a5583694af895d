package dev.plumbline.expression;

import org.apache.spark.QueryContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.trees.Origin;
import scala.Option;

/** The text of an expression, and where in it Catalyst's positions are. Those count code points. */
record SourceText(String sql) {
  /** In characters from 0; 0 where the origin names no place. */
  int offset(Origin origin) {
    return chars(index(origin.startIndex(), 0));
  }

  /** The text at {@code origin}; all of it where the origin names no place. */
  String text(Origin origin) {
    int stop = index(origin.stopIndex(), sql.length());
    return sql.substring(offset(origin), stop >= sql.length() ? sql.length() : chars(stop + 1));
  }

  /** Where {@code exception} says that the fault lies, in characters from 0. */
  int offset(AnalysisException exception) {
    for (QueryContext context : exception.getQueryContext()) {
      if (context.startIndex() > 0) {
        return chars(context.startIndex());
      }
    }
    int line = index(exception.line(), 1);
    int start = 0;
    for (int i = 1; i < line && start >= 0; i++) {
      start = sql.indexOf('\n', start) + 1;
    }
    String rest = sql.substring(start);
    return start + new SourceText(rest).chars(index(exception.startPosition(), 0));
  }

  private int chars(int codePoints) {
    int most = sql.codePointCount(0, sql.length());
    return sql.offsetByCodePoints(0, Math.max(0, Math.min(codePoints, most)));
  }

  private static int index(Option<Object> position, int otherwise) {
    return position.isDefined() ? (int) position.get() : otherwise;
  }
}
