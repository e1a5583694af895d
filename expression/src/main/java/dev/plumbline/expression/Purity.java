package dev.plumbline.expression;

import dev.plumbline.expression.Refusal.Reason;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.Star;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Generator;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.LeafMathExpression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.Unevaluable;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.jspecify.annotations.Nullable;

/**
 * What an expression may consist of, so that its value depends on its inputs alone: {@link
 * AllowedFunctions} of one row, no clock, no session, no random source, no other rows.
 */
final class Purity {
  private static final Pattern CLOCK_WORD =
      Pattern.compile("(?is)\\s*(now|today|tomorrow|yesterday)\\b.*");

  /** Of a literal; anything else may be one of those words, spelt with escapes. */
  private static final Pattern EXPLICIT_TIME =
      Pattern.compile("(?is)r?['\"]\\s*([+-]?\\d|epoch).*");

  private Purity() {}

  /**
   * Checks the words of the expression, before they mean anything.
   *
   * @throws ExpressionException at the first that is not allowed
   */
  static void checkParsed(Expression expression, SourceText source) {
    int offset = source.offset(expression.origin());
    if (expression instanceof UnresolvedFunction call) {
      checkCall(call, offset);
    }
    checkLiteral(expression, source);
    String found = foreign(expression);
    if (found != null) {
      throw Reason.NOT_ALLOWED
          .found("%s is not allowed", found)
          .expected("one scalar expression over the values of a row")
          .at(offset);
    }
    Catalyst.children(expression).forEach(child -> checkParsed(child, source));
  }

  /**
   * Refuses a literal of the clock.
   *
   * @throws ExpressionException if it is one such as {@code date'today'}
   */
  static void checkLiteral(Expression expression, SourceText source) {
    if (expression instanceof Literal literal
        && isTime(literal.dataType())
        && !isExplicit(SqlTokens.of(source.text(expression.origin())))) {
      throw clock(source.offset(expression.origin()));
    }
  }

  /**
   * Refuses a cast that reads the clock.
   *
   * @throws ExpressionException if it is one such as {@code cast('now' as timestamp)}
   */
  static void checkCast(Expression expression, SourceText source) {
    if (expression instanceof Cast cast && isTime(cast.dataType()) && readsClock(cast.child())) {
      throw clock(source.offset(expression.origin()));
    }
  }

  /**
   * Checks what the expression turned out to be: some words, such as {@code current_date}, mean a
   * function without looking like one.
   *
   * @throws ExpressionException at the first part that is not allowed
   */
  static void checkEvaluable(Expression expression, SourceText source) {
    int offset = source.offset(expression.origin());
    boolean hidden = expression instanceof Unevaluable && !(expression instanceof Attribute);
    boolean interpreted =
        expression instanceof CodegenFallback && !(expression instanceof LeafMathExpression);
    boolean random = Catalyst.children(expression).isEmpty() && !expression.deterministic();
    if (hidden || interpreted || random) {
      throw Reason.NOT_ALLOWED
          .found("%s is not allowed", expression.prettyName())
          .expected("an expression whose value depends on its inputs alone")
          .at(offset);
    }
    checkCast(expression, source);
    ConstantPatterns.check(expression, source);
    Catalyst.children(expression).forEach(child -> checkEvaluable(child, source));
  }

  private static void checkCall(UnresolvedFunction call, int offset) {
    if (call.nameParts().size() != 1) {
      throw qualified(call).at(offset);
    }
    AllowedFunctions.check(call.nameParts().head(), offset);
    if (call.isDistinct() || call.filter().isDefined() || !call.orderingWithinGroup().isEmpty()) {
      throw Reason.NOT_ALLOWED
          .found("'%s' is not an aggregate", call.nameParts().head())
          .expected("no distinct, filter or within group")
          .at(offset);
    }
  }

  static Refusal qualified(UnresolvedFunction call) {
    return Reason.UNKNOWN_FUNCTION
        .found("function '%s' is unknown", call.nameParts().mkString("."))
        .expected("a name without a qualifier");
  }

  private static @Nullable String foreign(Expression expression) {
    if (expression instanceof PlanExpression<?>) {
      return "a subquery";
    }
    if (expression instanceof WindowExpression) {
      return "a window function";
    }
    if (expression instanceof AggregateExpression aggregate) {
      return "the aggregate " + aggregate.aggregateFunction().prettyName();
    }
    if (expression instanceof Generator) {
      return "a function of many rows";
    }
    if (expression instanceof LambdaFunction) {
      return "a lambda function";
    }
    if (expression instanceof Star) {
      return "'*'";
    }
    return expression instanceof Alias ? "a name ('as ...')" : null;
  }

  private static boolean isExplicit(SqlTokens typeAndText) {
    return typeAndText.size() > 1 && EXPLICIT_TIME.matcher(typeAndText.text(1)).matches();
  }

  private static boolean readsClock(Expression text) {
    if (!text.foldable() || !(text.dataType() instanceof StringType)) {
      return false;
    }
    Object value = text.eval(InternalRow.empty());
    return value != null && CLOCK_WORD.matcher(value.toString()).matches();
  }

  private static boolean isTime(org.apache.spark.sql.types.DataType type) {
    return type.equals(DataTypes.DateType)
        || type.equals(DataTypes.TimestampType)
        || type.equals(DataTypes.TimestampNTZType);
  }

  private static ExpressionException clock(int offset) {
    return Reason.NOT_ALLOWED
        .found("'now', 'today', 'tomorrow' and 'yesterday' read the clock")
        .expected("an explicit time")
        .at(offset);
  }
}
