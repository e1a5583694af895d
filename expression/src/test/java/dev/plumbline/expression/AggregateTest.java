package dev.plumbline.expression;

import static dev.plumbline.timeline.window.AggregateFunction.COUNT;
import static dev.plumbline.timeline.window.AggregateFunction.SUM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.timeline.window.AggregateFunction;
import dev.plumbline.timeline.window.Percentile;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregateTest {
  private static final List<Field> INPUTS =
      List.of(
          new Field("delay", Primitive.INT),
          new Field("price", new DataType.Decimal(10, 2)),
          new Field("destination", Primitive.STRING),
          new Field("tags", new DataType.ArrayOf(Primitive.STRING)));

  @Test
  void countsRows() {
    assertThat(Expressions.aggregate("count(*)", INPUTS))
        .isEqualTo(new AggregateCall(COUNT, Optional.empty(), Primitive.BIGINT, Primitive.BIGINT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          avg(cast(delay > 15 as double)) | AVG    | cast(delay > 15 as double) | double        | double
          mean(delay)                     | AVG    | delay                      | int           | double
          SUM( price )                    | SUM    | price                      | decimal(10,2) | decimal(20,2)
          sum((delay) + (1))              | SUM    | (delay) + (1)              | int           | bigint
          count(destination)              | COUNT  | destination                | string        | bigint
          count(tags)                     | COUNT  | tags                       | array<string> | bigint
          min(destination)                | MIN    | destination                | string        | string
          max(delay /* minutes */ * 60)   | MAX    | delay /* minutes */ * 60   | int           | int
          first(destination)              | FIRST  | destination                | string        | string
          last(coalesce(destination, 'a,)')) | LAST | coalesce(destination, 'a,)') | string     | string
          stddev(delay)                   | STDDEV | delay                      | int           | double
          stddev_samp(delay)              | STDDEV | delay                      | int           | double
          stddev_pop(price)               | STDDEV_POP | price                  | decimal(10,2) | double
          variance(delay)                 | VARIANCE | delay                    | int           | double
          var_samp(delay)                 | VARIANCE | delay                    | int           | double
          var_pop(delay)                  | VAR_POP | delay                     | int           | double
          mode(destination)               | MODE   | destination                | string        | string
          mode(price)                     | MODE   | price                      | decimal(10,2) | decimal(10,2)
          count(distinct destination)     | COUNT_DISTINCT | destination        | string        | bigint
          COUNT( DISTINCT (delay) )        | COUNT_DISTINCT | (delay)            | int           | bigint
          approx_count_distinct(price)    | COUNT_DISTINCT | price              | decimal(10,2) | bigint
          """)
  void cutsOutItsArgument(
      String sql, AggregateFunction function, String argument, String scalar, String result) {
    assertThat(Expressions.aggregate(sql, INPUTS))
        .isEqualTo(
            new AggregateCall(
                function, Optional.of(argument), DataType.parse(scalar), DataType.parse(result)));
    assertThat(Expressions.compile(argument, INPUTS).type()).hasToString(scalar);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          percentile(delay, 0.95)          | INTERPOLATED | 0.95 | delay              | int           | double
          PERCENTILE( price , .5 )         | INTERPOLATED | 0.5  | price              | decimal(10,2) | double
          percentile(pmod(delay, 60), 25e-2) | INTERPOLATED | 0.25 | pmod(delay, 60)  | int           | double
          percentile(delay, 1)             | INTERPOLATED | 1    | delay              | int           | double
          percentile(delay, 0.5D)          | INTERPOLATED | 0.5  | delay              | int           | double
          percentile(delay, 0.5BD)         | INTERPOLATED | 0.5  | delay              | int           | double
          median(delay)                    | INTERPOLATED | 0.5  | delay              | int           | double
          approx_percentile(delay, 0)      | NEAREST_RANK | 0    | delay              | int           | int
          approx_percentile(destination, 0.9) | NEAREST_RANK | 0.9 | destination      | string        | string
          percentile_approx(price, 0.99)   | NEAREST_RANK | 0.99 | price              | decimal(10,2) | decimal(10,2)
          """)
  void readsTheFractionOfAPercentile(
      String sql,
      Percentile.Method method,
      double fraction,
      String argument,
      String scalar,
      String result) {
    assertThat(Expressions.aggregate(sql, INPUTS))
        .isEqualTo(
            new AggregateCall(
                new Percentile(method, fraction),
                Optional.of(argument),
                DataType.parse(scalar),
                DataType.parse(result)));
  }

  @Test
  void leavesOutACommentThatWouldSwallowWhatFollows() {
    AggregateCall call =
        Expressions.aggregate("sum(delay -- minutes\n) filter (where delay > 0 -- late\n)", INPUTS);

    assertThat(call.argument()).contains("case when delay > 0 then delay end");
  }

  @Test
  void foldsAFilterIntoItsArgument() throws EvaluationException {
    AggregateCall rows =
        Expressions.aggregate("count(*) filter (where destination = 'JFK')", INPUTS);
    AggregateCall sum = Expressions.aggregate("sum(delay) FILTER (WHERE delay > 0)", INPUTS);

    AggregateCall median =
        Expressions.aggregate("percentile(delay, 0.5) filter (where delay > 0)", INPUTS);

    assertThat(median.argument()).isEqualTo(sum.argument());
    assertThat(rows.function()).isEqualTo(COUNT);
    assertThat(rows.argument()).contains("case when destination = 'JFK' then 1 end");
    assertThat(sum.function()).isEqualTo(SUM);
    assertThat(sum.argumentType()).isEqualTo(Primitive.INT);
    Evaluator argument = Expressions.compile(sum.argument().orElseThrow(), INPUTS).evaluator();
    assertThat(argument.evaluate(Arrays.asList(5, null, null, null))).isEqualTo(5);
    assertThat(argument.evaluate(Arrays.asList(-5, null, null, null))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          delay                    | 0  | this is not an aggregate (expected: one call of count, approx_count_distinct, sum, avg, mean, min, max, first, last, mode, stddev, stddev_samp, stddev_pop, variance, var_samp, var_pop, median, percentile, approx_percentile, percentile_approx around everything else)
          ``                       | 0  | this is not an aggregate
          skewness(delay)          | 0  | 'skewness' is not a supported aggregate (expected: one call of count, approx_count_distinct, sum,
          coalesce(sum(delay), 0)  | 0  | 'coalesce' is not a supported aggregate
          sum(delay) / 2           | 11 | unexpected '/' after the aggregate
          sum(delay) over ()       | 11 | unexpected 'over' after the aggregate
          sum(delay) filter        | 11 | unexpected 'filter' after the aggregate
          sum(delay) filter (where true) + 1 | 31 | unexpected '+' after the aggregate
          sum(delay                | 3  | this '(' is not closed
          sum()                    | 4  | the aggregate has no argument
          sum(*)                   | 4  | '*' is an argument of count alone
          count(distinct delay, price) | 20 | the aggregate has more than one argument
          count(distinct)          | 14 | the value to aggregate is missing (expected: a scalar expression)
          count(distinct *)        | 15 | '*' is an argument of count alone
          count(distinct tags)     | 15 | count(distinct) over array<string> (expected: a type with an order)
          count(all delay)         | 6  | 'all' is not supported here
          sum(distinct delay)      | 4  | 'distinct' is not supported here (expected: a scalar expression; distinct values are counted by count(distinct x))
          approx_count_distinct(delay, 0.01) | 27 | the aggregate has more than one argument
          mode(tags)               | 5  | mode over array<string> (expected: a type with an order)
          mode(delay, true)        | 10 | the aggregate has more than one argument
          variance(destination)    | 9  | variance over string (expected: a number)
          median(destination)      | 7  | percentile over string (expected: a number)
          percentile(delay)        | 11 | percentile has one argument (expected: two, a value and a fraction from 0 to 1, such as percentile(x, 0.95))
          percentile(delay, )      | 17 | the fraction of percentile is missing (expected: one number from 0 to 1, written out, such as percentile(x, 0.95))
          percentile(, 0.5)        | 11 | the value to aggregate is missing
          percentile(*, 0.5)       | 11 | '*' is an argument of count alone
          percentile(distinct delay, 0.5) | 11 | 'distinct' is not supported here
          percentile(delay, 1.5)   | 18 | the fraction of percentile is '1.5' (expected: one number from 0 to 1, written out, such as percentile(x, 0.95))
          percentile(delay, -0.5)  | 18 | the fraction of percentile is '-0.5' (expected: one number
          percentile(delay, 95)    | 18 | the fraction of percentile is '95' (expected: one number from 0 to 1
          percentile(delay, price) | 18 | the fraction of percentile is 'price' (expected: one number from 0 to 1, written out
          percentile(delay, 0.5 + 0.1) | 18 | the fraction of percentile is '0.5 + 0.1' (expected: one number
          percentile(delay, '0.5') | 18 | the fraction of percentile is ''0.5'' (expected: one number
          percentile(delay, array(0.5, 0.9)) | 18 | the fraction of percentile is an array; declare a feature for each (expected: one number
          approx_percentile(delay, 0.5, 100) | 25 | approx_percentile has more than two arguments; it is exact, and has no accuracy (expected: one number
          percentile(destination, 0.5) | 11 | percentile over string (expected: a number)
          approx_percentile(tags, 0.5) | 18 | approx_percentile over array<string> (expected: a type with an order)
          sum(median(delay))       | 4  | median is an aggregate
          sum(percentile(delay, 0.5)) | 4 | percentile is an aggregate
          count(delay, price)      | 11 | the aggregate has more than one argument
          first(delay, true)       | 11 | the aggregate has more than one argument (expected: one; nulls are always passed over)
          sum(avg(delay))          | 4  | avg is an aggregate
          sum(1 + delya)           | 8  | unknown column 'delya' (expected: one of delay, price, destination, tags); did you mean 'delay'?
          sum(destination)         | 4  | sum over string (expected: a number)
          max(tags)                | 4  | max over array<string> (expected: a type with an order)
          sum(delay) filter (where delay) | 25 | the filter is of type int (expected: boolean)
          sum(delay) filter (where delya > 0) | 25 | unknown column 'delya'
          sum(delay) filter (where true then 1 when false) | 35 | syntax error at or near '1'; check the brackets
          """)
  void refusesWithAPlaceAndAReason(String sql, int offset, String start) {
    assertThatThrownBy(() -> Expressions.aggregate(sql, INPUTS))
        .isInstanceOf(ExpressionException.class)
        .hasMessageStartingWith(start)
        .satisfies(e -> assertThat(((ExpressionException) e).offset()).isEqualTo(offset));
  }

  @Test
  void knowsEveryFunction() {
    assertThat(
            Stream.of(AggregateFunction.values())
                .map(AggregateTest::inSql)
                .map(sql -> Expressions.aggregate(sql, INPUTS).function()))
        .containsExactly(AggregateFunction.values());
  }

  private static String inSql(AggregateFunction function) {
    return function == AggregateFunction.COUNT_DISTINCT
        ? "count(distinct delay)"
        : function.name() + "(delay)";
  }
}
