package dev.plumbline.expression;

import dev.plumbline.expression.Refusal.Reason;
import dev.plumbline.timeline.window.Aggregate;
import dev.plumbline.timeline.window.AggregateFunction;
import dev.plumbline.timeline.window.Percentile;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;

/**
 * What stands between the brackets of an aggregate call.
 *
 * @param function that the call's name and arguments name together
 * @param scalar what is aggregated; {@code *} for rows
 */
record AggregateArguments(Aggregate function, SqlTokens scalar) {
  /**
   * The arguments of a call.
   *
   * @param name of an aggregate, in lower case
   * @throws ExpressionException if {@code arguments} are not those of this aggregate
   */
  static AggregateArguments of(String name, SqlTokens arguments) {
    if (arguments.size() == 0) {
      throw Reason.AGGREGATE
          .found("the aggregate has no argument")
          .expected("one, or count(*)")
          .at(arguments.offset());
    }
    AggregateArguments parsed =
        AggregateNames.findPercentile(name)
            .map(method -> percentile(name, method, arguments))
            .orElseGet(() -> single(name, arguments));
    checkScalar(parsed);
    return parsed;
  }

  boolean areRows() {
    return scalar.size() == 1 && scalar.is(0, SqlBaseLexer.ASTERISK);
  }

  private static AggregateArguments single(String name, SqlTokens arguments) {
    Aggregate function = AggregateNames.find(name).orElseThrow();
    if (function == AggregateFunction.COUNT && arguments.is(0, SqlBaseLexer.DISTINCT)) {
      return single(AggregateFunction.COUNT_DISTINCT, arguments.between(1, arguments.size()));
    }
    return single(function, arguments);
  }

  private static AggregateArguments single(Aggregate function, SqlTokens argument) {
    int comma = argument.outermost(SqlBaseLexer.COMMA);
    if (comma >= 0) {
      throw Reason.AGGREGATE
          .found("the aggregate has more than one argument")
          .expected("one; nulls are always passed over")
          .at(argument.offset(comma));
    }
    return new AggregateArguments(function, argument);
  }

  private static AggregateArguments percentile(
      String name, Percentile.Method method, SqlTokens arguments) {
    int comma = arguments.outermost(SqlBaseLexer.COMMA);
    if (comma < 0) {
      throw Reason.AGGREGATE
          .found("%s has one argument", name)
          .expected("two, a value and a fraction from 0 to 1, such as " + name + "(x, 0.95)")
          .at(arguments.offset());
    }
    SqlTokens fraction = arguments.between(comma + 1, arguments.size());
    return new AggregateArguments(
        new Percentile(method, FractionLiteral.parse(name, fraction)), arguments.between(0, comma));
  }

  private static void checkScalar(AggregateArguments parsed) {
    SqlTokens scalar = parsed.scalar();
    if (scalar.size() == 0) {
      throw Reason.AGGREGATE
          .found("the value to aggregate is missing")
          .expected("a scalar expression")
          .at(scalar.offset());
    }
    if (scalar.is(0, SqlBaseLexer.DISTINCT) || scalar.is(0, SqlBaseLexer.ALL)) {
      throw Reason.AGGREGATE
          .found("'%s' is not supported here", scalar.text(0))
          .expected("a scalar expression; distinct values are counted by count(distinct x)")
          .at(scalar.offset());
    }
    if (parsed.areRows() && parsed.function() != AggregateFunction.COUNT) {
      throw Reason.AGGREGATE
          .found("'*' is an argument of count alone")
          .expected("a scalar expression")
          .at(scalar.offset());
    }
  }
}
