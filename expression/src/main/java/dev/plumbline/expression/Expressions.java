package dev.plumbline.expression;

import dev.plumbline.expression.Refusal.Reason;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
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
    CatalystExpression compiled = checked(sql, inputs, CatalystExpression::evaluator);
    LetterCase.readTables(compiled.tree());
    return compiled;
  }

  /**
   * The type of one scalar expression over {@code inputs}. Refuses what {@link #compile} refuses,
   * and takes a fraction of its time: code is written out, but handed to the compiler only if it
   * might be too much for one.
   *
   * @throws ExpressionException as {@link #compile}
   */
  public static DataType type(String sql, List<Field> inputs) {
    return checked(sql, inputs, CatalystExpression::rejectWithoutCode).type();
  }

  /**
   * One aggregate call over {@code inputs}, such as {@code avg(cast(delay > 15 as double))}; a
   * {@code filter (where ...)} becomes part of its argument.
   *
   * @throws ExpressionException if it is anything else, or its argument is not an expression that
   *     {@link #compile} takes
   */
  public static AggregateCall aggregate(String sql, List<Field> inputs) {
    return AggregateSyntax.parse(sql).resolve(SharedAnalysis.of(List.of(), inputs));
  }

  /**
   * {@link #type} of several expressions over the same inputs, in less time than one after the
   * other.
   *
   * @return what each came to, in their order
   */
  public static List<Checked> types(List<String> sql, List<Field> inputs) {
    SharedAnalysis analysis = SharedAnalysis.of(sql, inputs);
    return sql.stream().map(each -> Checked.of(() -> analysis.type(each))).toList();
  }

  /** The same for {@link #aggregate}. */
  public static List<Checked> aggregateTypes(List<String> sql, List<Field> inputs) {
    List<String> scalars =
        sql.stream().flatMap(each -> AggregateSyntax.scalars(each).stream()).toList();
    SharedAnalysis analysis = SharedAnalysis.of(scalars, inputs);
    return sql.stream()
        .map(each -> Checked.of(() -> AggregateSyntax.parse(each).resolve(analysis).type()))
        .toList();
  }

  /**
   * Checks what can be known of an expression without its inputs.
   *
   * @throws ExpressionException if it does not parse, or calls a function that is not allowed
   */
  public static void checkSyntax(String sql) {
    check(sql, Expressions::parse);
  }

  /**
   * Checks that an expression over raw columns, which may call more functions, parses.
   *
   * @throws ExpressionException if it does not
   */
  public static void checkRawSyntax(String sql) {
    check(sql, source -> Catalyst.parse(source.sql()));
  }

  private static void check(String sql, Function<SourceText, Expression> parser) {
    ExpressionLimits.check(sql);
    SourceText source = new SourceText(sql);
    try {
      SqlSettings.apply(() -> parser.apply(source));
    } catch (StackOverflowError e) {
      throw Reason.TOO_LARGE.found("the expression is nested too deeply").remedy("split it").at(0);
    } catch (Exception e) {
      throw refused(e, source, List.of());
    }
  }

  /** The same for {@link #aggregate}. */
  public static void checkAggregateSyntax(String sql) {
    AggregateSyntax.parse(sql).checkParts();
  }

  /**
   * The expression, sound in all that can be known of it.
   *
   * @param code looks at its code, so that an expression which has none fails here
   */
  private static CatalystExpression checked(
      String sql, List<Field> inputs, Consumer<CatalystExpression> code) {
    checkNames(inputs);
    ExpressionLimits.check(sql);
    try {
      CatalystExpression resolved =
          SqlSettings.apply(() -> resolve(new SourceText(sql), inputs, code));
      LetterCase.check(resolved.tree());
      return resolved;
    } catch (StackOverflowError e) {
      throw Reason.TOO_LARGE.found("the expression is nested too deeply").remedy("split it").at(0);
    }
  }

  private static CatalystExpression resolve(
      SourceText source, List<Field> inputs, Consumer<CatalystExpression> code) {
    List<Attribute> columns = inputs.stream().map(Catalyst::attribute).toList();
    try {
      Expression resolved = Catalyst.resolve(parse(source), columns);
      CatalystExpression found = finish(resolved, source, inputs, columns);
      code.accept(found);
      remember(resolved, source, inputs, columns);
      return found;
    } catch (Exception e) {
      throw refused(e, source, inputs);
    }
  }

  static Expression parse(SourceText source) {
    Expression parsed = Catalyst.parse(source.sql());
    Purity.checkParsed(parsed, source);
    return parsed;
  }

  /** The resolved expression in a form that has code. */
  static CatalystExpression finish(
      Expression resolved, SourceText source, List<Field> inputs, List<Attribute> columns) {
    Expression evaluable = Catalyst.evaluable(resolved, columns);
    Purity.checkEvaluable(evaluable, source);
    return CatalystExpression.of(evaluable, resultType(resolved), inputs, columns);
  }

  /** What it means is soon asked of an expression that is sound. */
  static void remember(
      Expression resolved, SourceText source, List<Field> inputs, List<Attribute> columns) {
    LatelyResolved.put(
        source.sql(), inputs, CanonicalExpressions.of(source.sql(), resolved, inputs, columns));
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
