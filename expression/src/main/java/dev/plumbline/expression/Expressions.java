package dev.plumbline.expression;

import dev.plumbline.expression.Refusal.Reason;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * Spark SQL expressions without a Spark session. Names are matched without regard to case; the
 * meaning is that of {@link SqlSettings}.
 */
public final class Expressions {
  private static final String TYPES =
      "boolean, int, bigint, float, double, decimal(p,s), string, binary, date, timestamp or an array of these";

  private Expressions() {}

  /**
   * One scalar expression over {@code inputs}, ready to be evaluated.
   *
   * @param inputs columns; one named {@code origin.delay} is the column {@code delay} of {@code
   *     origin}
   * @throws ExpressionException if it does not parse, names an unknown column or function, mixes
   *     types, or has a type that no feature can have
   */
  public static CompiledExpression compile(String sql, List<Field> inputs) {
    checkNames(inputs);
    ExpressionLimits.check(sql);
    try {
      CatalystExpression compiled = SqlSettings.apply(() -> compile(new SourceText(sql), inputs));
      LetterCase.check(compiled.tree());
      return compiled;
    } catch (StackOverflowError e) {
      throw Reason.TOO_LARGE.found("the expression is nested too deeply").remedy("split it").at(0);
    }
  }

  /**
   * One aggregate call over {@code inputs}, such as {@code avg(cast(delay > 15 as double))}; a
   * {@code filter (where ...)} becomes part of its argument.
   *
   * @throws ExpressionException if it is anything else, or its argument is not an expression that
   *     {@link #compile} takes
   */
  public static AggregateCall aggregate(String sql, List<Field> inputs) {
    return AggregateSyntax.parse(sql).resolve(inputs);
  }

  private static CatalystExpression compile(SourceText source, List<Field> inputs) {
    List<Attribute> columns = inputs.stream().map(Catalyst::attribute).toList();
    try {
      Expression parsed = Catalyst.parse(source.sql());
      Purity.checkParsed(parsed, source);
      Expression resolved = Catalyst.resolve(parsed, columns);
      Expression evaluable = Catalyst.evaluable(resolved, columns);
      Purity.checkEvaluable(evaluable, source);
      CatalystExpression compiled =
          checked(CatalystExpression.of(evaluable, resultType(resolved), inputs, columns));
      LatelyResolved.put(
          source.sql(), inputs, CanonicalExpressions.of(source.sql(), resolved, inputs, columns));
      return compiled;
    } catch (Exception e) {
      throw refused(e, source, inputs);
    }
  }

  private static DataType resultType(Expression resolved) {
    return SparkTypes.find(resolved.dataType())
        .orElseThrow(
            () ->
                Reason.TYPE
                    .found("the expression is of type %s", resolved.dataType().simpleString())
                    .expected(TYPES)
                    .remedy(
                        "cast it, e.g. cast(... as %s)"
                            .formatted(nearestType(resolved.dataType().simpleString())))
                    .at(0));
  }

  private static String nearestType(String sparkType) {
    return switch (sparkType) {
      case "tinyint", "smallint" -> "int";
      case "timestamp_ntz" -> "timestamp";
      default -> sparkType.startsWith("interval") ? "bigint" : "string";
    };
  }

  /** Generates the code once, so that an expression which has none fails here. */
  private static CatalystExpression checked(CatalystExpression compiled) {
    compiled.evaluator();
    return compiled;
  }

  private static ExpressionException refused(
      Exception failure, SourceText source, List<Field> inputs) {
    if (failure instanceof ExpressionException refusal) {
      return refusal;
    }
    if (failure instanceof AnalysisException analysis) {
      List<String> columns = inputs.stream().map(Field::name).toList();
      return SparkMessages.describe(analysis, columns).at(source.offset(analysis));
    }
    return Reason.OTHER
        .found("Spark cannot compile this expression: %s", SparkMessages.firstLine(failure))
        .at(0);
  }

  private static void checkNames(List<Field> inputs) {
    Set<String> names = new HashSet<>();
    for (Field input : inputs) {
      if (!names.add(input.name())) {
        throw new IllegalArgumentException(
            "input '%s' is given twice (expected: one of each name)".formatted(input.name()));
      }
    }
  }
}
