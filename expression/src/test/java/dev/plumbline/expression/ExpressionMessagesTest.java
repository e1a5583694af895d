package dev.plumbline.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an author reads who got an expression or a value wrong. */
class ExpressionMessagesTest {
  private static final List<Field> INPUTS =
      List.of(
          new Field("delay", Primitive.INT),
          new Field("distance", Primitive.BIGINT),
          new Field("origin.late_share", Primitive.DOUBLE),
          new Field("route.late_share", Primitive.DOUBLE),
          new Field("name", Primitive.STRING));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1 + delya              | 4 | unknown column 'delya' (expected: one of delay, distance, origin.late_share, route.late_share, name); did you mean 'delay'?
          origin.late_shore      | 0 | unknown column 'origin.late_shore' (expected: one of delay, distance, origin.late_share, route.late_share, name); did you mean 'origin.late_share' or 'route.late_share'?
          concat('🙂', delya)    | 13 | unknown column 'delya'
          late_share             | 0 | reference late_share is ambiguous, could be: [origin.late_share, route.late_share]; write what stands before the dot too
          1 +                    | 3 | syntax error at or near end of input; check the brackets
          (delay + ) * 2         | 9 | syntax error at or near ')'; check the brackets
          ``                     | 0 | syntax error, unexpected empty statement; check
          delay + true           | 0 | cannot resolve "(delay + true)" due to data type mismatch
          1 + (delay and true)   | 5 | cannot resolve "(delay AND true)" due to data type mismatch
          substring(name)        | 0 | the substring requires
          delay as x             | 0 | a name ('as ...') is not allowed (expected: one scalar expression
          *                      | 0 | '*' is not allowed
          1 + uper(name)         | 4 | function 'uper' is unknown or not allowed (expected: a deterministic scalar function); did you mean 'upper'?
          rand()                 | 0 | function 'rand' is unknown or not allowed
          uuid()                 | 0 | function 'uuid' is unknown or not allowed
          now()                  | 0 | function 'now' is unknown or not allowed
          java_method('a', 'b')  | 0 | function 'java_method' is unknown or not allowed
          reflect('a', 'b')      | 0 | function 'reflect' is unknown or not allowed
          input_file_name()      | 0 | function 'input_file_name' is unknown or not allowed
          explode(array(1))      | 0 | function 'explode' is unknown or not allowed
          transform(array(1), x -> x + 1) | 0 | function 'transform' is unknown or not allowed
          my.catalog.abs(1)      | 0 | function 'my.catalog.abs' is unknown (expected: a name without a qualifier)
          current_date           | 0 | current_date is not allowed (expected: an expression whose value depends on its inputs alone)
          current_timestamp      | 0 | current_timestamp is not allowed
          current_user           | 0 | current_user is not allowed
          localtimestamp         | 0 | unknown column 'localtimestamp'
          unix_timestamp()       | 0 | current_timestamp is not allowed
          delay > 1 and date 'today' is null | 14 | 'now', 'today', 'tomorrow' and 'yesterday' read the clock (expected: an explicit time)
          timestamp'now'         | 0 | 'now', 'today'
          timestamp /* 1 */ "now" | 0 | 'now', 'today'
          date '\\u006eow'        | 0 | 'now', 'today'
          delay > 1 and '2001-01-01' < date 'tomorrow' | 29 | 'now', 'today'
          to_date('today')       | 0 | 'now', 'today'
          cast(concat('n', 'ow') as timestamp) | 0 | 'now', 'today'
          delay > 1 or name rlike '((' | 18 | '((' is not a regular expression: Unclosed group; mend it; in a text a backslash
          regexp_replace(name, '[', '') | 0 | '[' is not a regular expression: Unclosed character class
          regexp_extract(name, '*a') | 0 | '*a' is not a regular expression: Dangling meta character '*'
          regexp_count(name, '(') | 0 | '(' is not a regular expression
          split(name, '[a-')     | 0 | '[a-' is not a regular expression
          1 + (select 1)         | 4 | a subquery is not allowed
          exists (select 1)      | 0 | a subquery is not allowed
          delay in (select 1)    | 6 | a subquery is not allowed
          1 + sum(delay)         | 4 | sum is an aggregate (expected: a value of one row
          first(delay)           | 0 | the aggregate first is not allowed
          sum(delay) over ()     | 0 | a window function is not allowed
          abs(distinct delay)    | 0 | 'abs' is not an aggregate
          null                   | 0 | the expression is of type void (expected: boolean, int,
          make_interval(1)       | 0 | the expression is of type interval (expected:
          interval 1 day         | 0 | the expression is of type interval day (expected:
          cast(1 as smallint)    | 0 | the expression is of type smallint (expected: boolean, int, bigint, float, double, decimal(p,s), string, binary, date, timestamp or an array of these); cast it, e.g. cast(... as int)
          array(array(1))        | 0 | the expression is of type array<array<int>> (expected:
          """)
  void refusesWithAPlaceAndAReason(String sql, int offset, String start) {
    assertThatThrownBy(() -> Expressions.compile(sql == null ? "" : sql, INPUTS))
        .isInstanceOf(ExpressionException.class)
        .hasMessageStartingWith(start)
        .hasMessageNotContainingAny("\n", "SQLSTATE", "`", "UNRESOLVED")
        .satisfies(e -> assertThat(((ExpressionException) e).offset()).isEqualTo(offset));
  }

  @Test
  void findsThePlaceInATextOfSeveralLines() {
    assertThatThrownBy(() -> Expressions.compile("delay\n  + 1\n  + )", INPUTS))
        .isInstanceOfSatisfying(
            ExpressionException.class, e -> assertThat(e.offset()).isEqualTo(16));
    assertThatThrownBy(() -> Expressions.compile("delay\n  + 1\n  + delya", INPUTS))
        .isInstanceOfSatisfying(
            ExpressionException.class, e -> assertThat(e.offset()).isEqualTo(16));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          delay / 0                           | Division by zero.
          delay % 0                           | Remainder by zero.
          delay + 2147483647                  | integer overflow.
          distance * 9223372036854775807      | long overflow.
          cast(name as int)                   | The value 'a' of the type "STRING" cannot be cast to "INT" because it is malformed.
          cast(name as timestamp)             | The value 'a' of the type "STRING" cannot be cast to "TIMESTAMP" because it is malformed.
          to_date(name, 'yyyy')               | Text 'a' could not be parsed
          array(1, 2)[delay + 4]              | The index 5 is out of bounds.
          cast(distance * 10000000000 as int) | The value 20000000000L of the type "BIGINT" cannot be cast to "INT" due to an overflow.
          cast(distance * 1000 as decimal(3,0)) | 2000
          """)
  void namesTheFaultOfAValue(String sql, String start) {
    Evaluator evaluator = Expressions.compile(sql, INPUTS).evaluator();

    assertThatThrownBy(() -> evaluator.evaluate(Arrays.asList(1, 2L, 0.5, 0.25, "a")))
        .isInstanceOf(EvaluationException.class)
        .hasMessageStartingWith(start)
        .hasMessageNotContainingAny("SQLSTATE", "\n", "spark.sql", "[");
  }

  @Test
  void goesOnAfterAFault() throws EvaluationException {
    Evaluator evaluator = Expressions.compile("delay div distance", INPUTS).evaluator();

    assertThatThrownBy(() -> evaluator.evaluate(Arrays.asList(6, 0L, null, null, null)))
        .isInstanceOf(EvaluationException.class);
    assertThat(evaluator.evaluate(Arrays.asList(6, 2L, null, null, null))).isEqualTo(3L);
  }
}
