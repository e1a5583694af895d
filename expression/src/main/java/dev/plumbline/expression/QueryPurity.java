package dev.plumbline.expression;

import dev.plumbline.expression.Refusal.Reason;
import java.util.Locale;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CurrentTime;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LeafMathExpression;
import org.apache.spark.sql.catalyst.expressions.NamedLambdaVariable;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.SpecialFrameBoundary;
import org.apache.spark.sql.catalyst.expressions.Unevaluable;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;
import scala.jdk.javaapi.CollectionConverters;

/** Whether an analyzed query gives the same rows for the same raw rows, in whatever order. */
final class QueryPurity {
  private final SourceText source;

  QueryPurity(SourceText source) {
    this.source = source;
  }

  /**
   * Checks a query and everything in it.
   *
   * @throws ExpressionException at the first part that reads something else than rows
   */
  void check(LogicalPlan plan) {
    CollectionConverters.asJava(plan.expressions()).forEach(this::check);
    CollectionConverters.asJava(plan.children()).forEach(this::check);
    CollectionConverters.asJava(plan.innerChildren())
        .forEach(
            inner -> {
              if (inner instanceof LogicalPlan other) {
                check(other);
              }
            });
  }

  private void check(Expression expression) {
    int offset = source.offset(expression.origin());
    boolean random =
        !expression.deterministic()
            && Catalyst.children(expression).stream().allMatch(Expression::deterministic);
    if (random || readsSession(expression)) {
      throw Reason.NOT_ALLOWED
          .found("'%s' gives another value each time", expression.prettyName())
          .expected("values that depend on the data alone")
          .at(offset);
    }
    Purity.checkCast(expression, source);
    rejectInexact(expression, offset);
    if (expression instanceof PlanExpression<?> subquery
        && subquery.plan() instanceof LogicalPlan plan) {
      check(plan);
    }
    Catalyst.children(expression).forEach(this::check);
  }

  private static boolean readsSession(Expression expression) {
    boolean notOfRows = expression instanceof CodegenFallback || expression instanceof Unevaluable;
    boolean ofRows =
        expression instanceof Attribute
            || expression instanceof AggregateFunction
            || expression instanceof NamedLambdaVariable
            || expression instanceof SpecialFrameBoundary
            || expression instanceof PlanExpression<?>
            || expression instanceof LeafMathExpression;
    return expression instanceof CurrentTime
        || (Catalyst.children(expression).isEmpty() && notOfRows && !ofRows);
  }

  /** Floating point sums depend on the order of rows, which nothing fixes. */
  private static void rejectInexact(Expression expression, int offset) {
    boolean adds = expression instanceof Sum || expression instanceof Average;
    if (adds) {
      var type = Catalyst.children(expression).get(0).dataType();
      if (type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType)) {
        throw Reason.NOT_ALLOWED
            .found(
                "'%s' of %s depends on the order of rows",
                expression.prettyName(), type.sql().toLowerCase(Locale.ROOT))
            .expected("a whole number or a decimal")
            .remedy("cast it, for example sum(cast(x as decimal(18,4)))")
            .at(offset);
      }
    }
  }
}
