package dev.plumbline.expression;

import static dev.plumbline.timeline.window.AggregateFunction.AVG;
import static dev.plumbline.timeline.window.AggregateFunction.COUNT;
import static dev.plumbline.timeline.window.AggregateFunction.LAST;
import static dev.plumbline.timeline.window.AggregateFunction.STDDEV;
import static dev.plumbline.timeline.window.AggregateFunction.SUM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.timeline.window.AggregateFunction;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
          """)
  void cutsOutItsArgument(
      String sql, AggregateFunction function, String argument, String scalar, String result) {
    assertThat(Expressions.aggregate(sql, INPUTS))
        .isEqualTo(
            new AggregateCall(
                function, Optional.of(argument), DataType.parse(scalar), DataType.parse(result)));
    assertThat(Expressions.compile(argument, INPUTS).type()).hasToString(scalar);
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
          delay                    | 0  | this is not an aggregate (expected: one call of count, sum, avg, mean, min, max, first, last, stddev, stddev_samp around everything else)
          ``                       | 0  | this is not an aggregate
          median(delay)            | 0  | 'median' is not a supported aggregate (expected: one call of count, sum, avg, mean, min, max, first, last, stddev, stddev_samp
          coalesce(sum(delay), 0)  | 0  | 'coalesce' is not a supported aggregate
          sum(delay) / 2           | 11 | unexpected '/' after the aggregate
          sum(delay) over ()       | 11 | unexpected 'over' after the aggregate
          sum(delay) filter        | 11 | unexpected 'filter' after the aggregate
          sum(delay) filter (where true) + 1 | 31 | unexpected '+' after the aggregate
          sum(delay                | 3  | this '(' is not closed
          sum()                    | 4  | the aggregate has no argument
          sum(*)                   | 4  | '*' is an argument of count alone
          count(distinct delay)    | 6  | 'distinct' is not supported
          count(delay, price)      | 11 | the aggregate has more than one argument
          first(delay, true)       | 11 | the aggregate has more than one argument (expected: one; nulls are always passed over)
          sum(avg(delay))          | 4  | avg is an aggregate
          sum(1 + delya)           | 8  | unknown column 'delya' (did you mean delay?
          sum(destination)         | 4  | sum over string (expected: a number)
          max(tags)                | 4  | max over array<string> (expected: a type with an order)
          sum(delay) filter (where delay) | 25 | the filter is of type int (expected: boolean)
          sum(delay) filter (where delya > 0) | 25 | unknown column 'delya'
          sum(delay) filter (where true then 1 when false) | 35 | syntax error at or near '1'.
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
            List.of("count", "sum", "avg", "min", "max", "first", "last", "stddev").stream()
                .map(name -> Expressions.aggregate(name + "(delay)", INPUTS).function()))
        .containsExactly(AggregateFunction.values())
        .contains(AVG, LAST, STDDEV);
  }
}
