package dev.plumbline.expression;

import dev.plumbline.expression.Refusal.Reason;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RLike;
import org.apache.spark.sql.catalyst.expressions.RegExpExtractBase;
import org.apache.spark.sql.catalyst.expressions.RegExpReplace;
import org.apache.spark.sql.catalyst.expressions.StringSplit;

/** Regular expressions that are written out. Spark compiles them only when a row comes. */
final class ConstantPatterns {
  private ConstantPatterns() {}

  /**
   * Checks the pattern of one call.
   *
   * @throws ExpressionException if it is a constant, and no regular expression
   */
  static void check(Expression expression, SourceText source) {
    if (!takesPattern(expression)) {
      return;
    }
    Expression pattern = Catalyst.children(expression).get(1);
    Object text = pattern.foldable() ? pattern.eval(InternalRow.empty()) : null;
    if (text == null) {
      return;
    }
    try {
      Pattern.compile(text.toString());
    } catch (PatternSyntaxException e) {
      throw Reason.SYNTAX
          .found("'%s' is not a regular expression: %s", text, e.getDescription())
          .remedy("mend it; in a text a backslash is written twice, or r'...' around it")
          .at(source.offset(expression.origin()));
    }
  }

  private static boolean takesPattern(Expression expression) {
    return expression instanceof RLike
        || expression instanceof RegExpReplace
        || expression instanceof RegExpExtractBase
        || expression instanceof StringSplit;
  }
}
