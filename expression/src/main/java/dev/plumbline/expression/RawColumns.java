package dev.plumbline.expression;

import dev.plumbline.expression.Refusal.Reason;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The raw columns of a source, of any types that Spark has, and what expressions and queries over
 * them come to. No data is read for that, and no session is needed.
 */
public final class RawColumns {
  private final StructType schema;
  private final List<Attribute> attributes;

  public RawColumns(StructType schema) {
    this.schema = schema;
    this.attributes = Arrays.stream(schema.fields()).map(Catalyst::attribute).toList();
  }

  public StructType schema() {
    return schema;
  }

  public List<String> names() {
    return List.of(schema.fieldNames());
  }

  /**
   * The type of an expression of one row.
   *
   * @throws ExpressionException if it does not parse, does not fit the columns, or its value does
   *     not depend on the data alone
   */
  public DataType typeOf(String expr) {
    LogicalPlan plan =
        resolved(
            expr,
            source -> {
              LogicalPlan found = Catalyst.resolveAlone(Catalyst.parse(source.sql()), attributes);
              rejectOtherRows(found);
              return found;
            });
    return plan.output().head().dataType();
  }

  /**
   * The columns of the rows that a query in Spark SQL makes of rows with these.
   *
   * @throws ExpressionException if {@link SourceQuery#check} refuses it, or it does not fit the
   *     columns, or names two of its own alike
   */
  public RawColumns query(String sql) {
    SourceQuery.check(sql);
    LogicalPlan plan =
        resolved(sql, source -> Catalyst.resolveQuery(source.sql(), SourceQuery.RAW, attributes));
    rejectTwins(plan);
    return new RawColumns(plan.schema());
  }

  private LogicalPlan resolved(String sql, Function<SourceText, LogicalPlan> analysis) {
    SourceText source = new SourceText(sql);
    ExpressionLimits.check(sql);
    try {
      return SqlSettings.apply(
          () -> {
            LogicalPlan plan = analysis.apply(source);
            new QueryPurity(source).check(plan);
            return plan;
          });
    } catch (StackOverflowError e) {
      throw Reason.TOO_LARGE.found("it is nested too deeply").remedy("split it").at(0);
    } catch (Exception e) { // Scala throws checked ones too
      throw refused(e, sql);
    }
  }

  private ExpressionException refused(Exception failure, String sql) {
    if (failure instanceof ExpressionException ours) {
      return ours;
    }
    return failure instanceof AnalysisException theirs
        ? SourceQuery.refusal(theirs, sql, names())
        : Reason.OTHER.found("Spark refuses it: %s", SparkMessages.firstLine(failure)).at(0);
  }

  /** Beside other columns, an aggregate would be refused when they are read together. */
  private static void rejectOtherRows(LogicalPlan plan) {
    boolean aggregates = Catalyst.contains(plan, Aggregate.class);
    if (aggregates || Catalyst.contains(plan, Generate.class)) {
      throw Reason.NOT_ALLOWED
          .found(aggregates ? "an aggregate of many rows" : "a function of many rows")
          .expected("one value of one row")
          .remedy("do that in the query of the source")
          .at(0);
    }
  }

  private static void rejectTwins(LogicalPlan plan) {
    Map<String, String> seen = new HashMap<>();
    for (Attribute column : CollectionConverters.asJava(plan.output())) {
      if (seen.putIfAbsent(column.name().toLowerCase(Locale.ROOT), column.name()) != null) {
        throw Reason.OTHER
            .found("its result has '%s' twice", column.name())
            .remedy("name one otherwise")
            .at(0);
      }
    }
  }
}
