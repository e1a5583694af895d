package dev.plumbline.expression;

import dev.plumbline.expression.Refusal.Reason;
import dev.plumbline.timeline.window.Aggregate;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;

/**
 * An aggregate call as its author wrote it: a name, what stands between the brackets, and perhaps
 * the condition of a filter.
 */
final class AggregateSyntax {
  private static final String EXPECTED =
      "one call of " + AggregateNames.list() + " around everything else";

  private final AggregateArguments arguments;
  private final Optional<SqlTokens> condition;

  private AggregateSyntax(AggregateArguments arguments, Optional<SqlTokens> condition) {
    this.arguments = arguments;
    this.condition = condition;
  }

  /**
   * The aggregate call that {@code sql} is.
   *
   * @throws ExpressionException if {@code sql} is not one aggregate call
   */
  static AggregateSyntax parse(String sql) {
    SqlTokens all = SqlTokens.of(sql);
    String name = name(all);
    int close = all.closing(1);
    AggregateArguments arguments = AggregateArguments.of(name, all.between(2, close));
    return new AggregateSyntax(arguments, condition(all, close + 1));
  }

  /** The scalar expressions in an aggregate call; none if {@code sql} is not one. */
  static List<String> scalars(String sql) {
    try {
      AggregateSyntax call = parse(sql);
      List<String> scalars = new ArrayList<>();
      call.condition.ifPresent(filter -> scalars.add(filter.text()));
      if (!call.arguments.areRows()) {
        scalars.add(call.arguments.scalar().text());
      }
      return scalars;
    } catch (ExpressionException e) {
      return List.of();
    }
  }

  /**
   * The call, its types known.
   *
   * @param inputs knows the types of expressions over them
   * @throws ExpressionException if the argument is not a scalar that the function takes
   */
  AggregateCall resolve(SharedAnalysis inputs) {
    condition.ifPresent(filter -> checkCondition(filter, inputs));
    if (arguments.areRows()) {
      return call(condition.map(filter -> caseWhen(filter, "1")), Primitive.BIGINT);
    }
    DataType type = type(arguments.scalar(), inputs);
    String scalar = arguments.scalar().text();
    return call(
        Optional.of(condition.map(filter -> caseWhen(filter, scalar)).orElse(scalar)), type);
  }

  /** Checks the syntax of the expressions in the call. */
  void checkParts() {
    condition.ifPresent(AggregateSyntax::checkSyntax);
    if (!arguments.areRows()) {
      checkSyntax(arguments.scalar());
    }
  }

  /** The meaning of the call over these inputs. */
  Canonical canonical(List<Field> inputs) {
    Canonical scalar =
        arguments.areRows()
            ? new Canonical("rows", Set.of())
            : CanonicalExpressions.scalar(arguments.scalar().text(), inputs);
    Optional<Canonical> filter =
        condition.map(part -> CanonicalExpressions.scalar(part.text(), inputs));
    Set<String> references = new HashSet<>(scalar.references());
    filter.ifPresent(part -> references.addAll(part.references()));
    String where = filter.map(part -> " where " + part.text()).orElse("");
    return new Canonical(arguments.function() + " of " + scalar.text() + where, references);
  }

  private AggregateCall call(Optional<String> scalar, DataType scalarType) {
    Aggregate function = arguments.function();
    try {
      return new AggregateCall(function, scalar, scalarType, function.resultType(scalarType));
    } catch (IllegalArgumentException e) {
      throw Reason.TYPE
          .found(String.valueOf(e.getMessage()))
          .remedy("cast the argument")
          .at(arguments.scalar().offset());
    }
  }

  private static String name(SqlTokens all) {
    if (all.size() < 2 || !all.is(1, SqlBaseLexer.LEFT_PAREN)) {
      throw Reason.AGGREGATE.found("this is not an aggregate").expected(EXPECTED).at(0);
    }
    String name = all.text(0).toLowerCase(Locale.ROOT);
    if (!AggregateNames.isKnown(name)) {
      throw unsupported(name).at(all.offset(0));
    }
    return name;
  }

  private static Refusal unsupported(String name) {
    Refusal refusal =
        Reason.AGGREGATE.found("'%s' is not a supported aggregate", name).expected(EXPECTED);
    return NearNames.didYouMean(name, AggregateNames.all()).map(refusal::remedy).orElse(refusal);
  }

  private static Optional<SqlTokens> condition(SqlTokens all, int next) {
    if (next == all.size()) {
      return Optional.empty();
    }
    boolean filter =
        all.is(next, SqlBaseLexer.FILTER)
            && all.is(next + 1, SqlBaseLexer.LEFT_PAREN)
            && all.is(next + 2, SqlBaseLexer.WHERE);
    if (!filter) {
      throw unexpected(all, next);
    }
    int close = all.closing(next + 1);
    if (close + 1 != all.size()) {
      throw unexpected(all, close + 1);
    }
    return Optional.of(all.between(next + 3, close));
  }

  private static ExpressionException unexpected(SqlTokens all, int index) {
    return Reason.AGGREGATE
        .found("unexpected '%s' after the aggregate", all.text(index))
        .expected(EXPECTED + ", then nothing or 'filter (where ...)'")
        .at(all.offset(index));
  }

  private static void checkCondition(SqlTokens filter, SharedAnalysis inputs) {
    DataType type = type(filter, inputs);
    if (type != Primitive.BOOLEAN) {
      throw Reason.TYPE
          .found("the filter is of type %s", type)
          .expected("boolean")
          .at(filter.offset());
    }
  }

  private static DataType type(SqlTokens part, SharedAnalysis inputs) {
    return ofPart(part, inputs::type);
  }

  private static void checkSyntax(SqlTokens part) {
    ofPart(
        part,
        text -> {
          Expressions.checkSyntax(text);
          return true;
        });
  }

  /** Positions in the part become positions in the whole. */
  private static <T> T ofPart(SqlTokens part, Function<String, T> check) {
    try {
      return check.apply(part.text());
    } catch (ExpressionException e) {
      throw e.refusal().at(part.offset() + e.offset());
    }
  }

  private static String caseWhen(SqlTokens filter, String scalar) {
    return "case when " + filter.text() + " then " + scalar + " end";
  }
}
