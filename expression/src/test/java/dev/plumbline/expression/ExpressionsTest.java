package dev.plumbline.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionsTest {
  private static final List<Field> INPUTS =
      List.of(
          new Field("delay", Primitive.INT),
          new Field("distance", Primitive.BIGINT),
          new Field("origin.late_share_7d", Primitive.DOUBLE),
          new Field("route.late_share_7d", Primitive.DOUBLE),
          new Field("name", Primitive.STRING),
          new Field("landed_at", Primitive.TIMESTAMP));

  private static Object evaluate(String sql, Object... values) throws EvaluationException {
    return Expressions.compile(sql, INPUTS).evaluator().evaluate(Arrays.asList(values));
  }

  private static Object constant(String sql) throws EvaluationException {
    return Expressions.compile(sql, List.of()).evaluator().evaluate(List.of());
  }

  @Test
  void readsQualifiedFields() throws EvaluationException {
    CompiledExpression ratio =
        Expressions.compile("origin.late_share_7d / nullif(route.late_share_7d, 0)", INPUTS);

    assertThat(ratio.type()).isEqualTo(Primitive.DOUBLE);
    assertThat(ratio.references()).containsExactly("origin.late_share_7d", "route.late_share_7d");
    Evaluator evaluator = ratio.evaluator();
    assertThat(evaluator.evaluate(Arrays.asList(1, 2L, 0.5, 0.25, "a", Instant.EPOCH)))
        .isEqualTo(2.0);
    assertThat(evaluator.evaluate(Arrays.asList(1, 2L, 0.5, 0.0, "a", Instant.EPOCH))).isNull();
    assertThat(evaluator.evaluate(Arrays.asList(1, 2L, null, 0.5, "a", Instant.EPOCH))).isNull();
  }

  @Test
  void matchesNamesWithoutRegardToCase() throws EvaluationException {
    assertThat(evaluate("ORIGIN.Late_Share_7d + DELAY", 1, 2L, 0.5, 0.25, "a", Instant.EPOCH))
        .isEqualTo(1.5);
  }

  @Test
  void givesTheTypeOfTheDefinition() {
    assertThat(Expressions.compile("delay / 60.0", INPUTS).type())
        .isInstanceOf(DataType.Decimal.class);
    assertThat(Expressions.compile("delay / 60", INPUTS).type()).isEqualTo(Primitive.DOUBLE);
    assertThat(Expressions.compile("array(delay, null)", INPUTS).type())
        .isEqualTo(new DataType.ArrayOf(Primitive.INT));
  }

  @Test
  void readsADayAndATimeWithoutAZoneAsUtc() throws EvaluationException {
    Object landed =
        constant(
            "to_timestamp(concat('2001', '03052130'), 'yyyyMMddHHmm') + make_interval(0, 0, 0, 0, 0, 60 + cast(75 / 6 as int))");

    assertThat(landed).isEqualTo(Instant.parse("2001-03-05T22:42:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nvl(null, 3)                          | 3
          ifnull(null, 'x')                     | x
          coalesce(null, null, 2.50)            | 2.50
          nullif(3, 4)                          | 3
          case when 1 > 2 then 'a' else 'b' end | b
          if(1 > 2, 'a', 'b')                   | b
          5 between 1 and 5                     | true
          3 in (1, 2, 3)                        | true
          'abc' like '_b%'                      | true
          'abc' rlike '^a.c$'                   | true
          upper(trim(' x '))                    | X
          substring('abcdef' from 2 for 3)      | bcd
          position('c' in 'abc')                | 3
          extract(hour from timestamp '2001-01-01 07:00:00') | 7
          date_format(timestamp '2001-01-01 07:00:00', 'EEEE HH:mm') | Monday 07:00
          datediff(date '2001-01-03', date '2001-01-01') | 2
          date_add(date '2001-01-01', 2)        | 2001-01-03
          cast('2001-01-01 00:00:00+02:00' as timestamp) | 2000-12-31T22:00:00Z
          date_trunc('hour', timestamp '2001-01-01 07:31:00') | 2001-01-01T07:00:00Z
          unix_timestamp(timestamp '1970-01-02 00:00:00') | 86400
          size(array(1, 2, 3))                  | 3
          array(1, 2, 3)[1]                     | 2
          array_contains(array(1, 2), 2)        | true
          sort_array(array(3, null, 1))         | [null, 1, 3]
          array_join(split('a,b', ','), '-')    | a-b
          try_divide(1, 0) is null              | true
          cast(0.1 as decimal(5,3))             | 0.100
          xxhash64('a')                         | -8582455328737087284
          md5('a')                              | 0cc175b9c0f1b6a831c399e269772661
          hex(unhex('0aff'))                    | 0AFF
          cast('x' as binary)                   | 0x78
          -0.0D                                 | 0.0
          cast('NaN' as double)                 | NaN
          round(2.5)                            | 3
          dateadd(day, 1, date '2001-01-01')    | 2001-01-02T00:00:00Z
          add_months(date '2001-01-31', 1)      | 2001-02-28
          5 % 3                                 | 2
          7 div 2                               | 3
          not true                              | false
          date '2001-01-01' > date 'epoch'      | true
          timestamp r'2001-01-01' is null       | false
          array(date'2001-01-01', date ' 2001-01-02')[1] | 2001-01-02
          cast(1.005 as decimal(10,2))          | 1.01
          try_cast('x' as int) is null          | true
          """)
  void evaluates(String sql, String expected) throws EvaluationException {
    assertThat(String.valueOf(constant(sql))).isEqualTo(expected);
  }

  @Test
  void canonicalisesItsResult() throws EvaluationException {
    assertThat(constant("array(-0.0D, cast('NaN' as double), cast(null as double))"))
        .isEqualTo(Arrays.asList(0.0, Double.NaN, null));
  }

  @Test
  void aTextThatIsTooLongForAPatternHasNoValue() throws EvaluationException {
    Evaluator evaluator =
        Expressions.compile("regexp_replace(name, '(a|b)*c', '')", INPUTS).evaluator();

    assertThatThrownBy(() -> evaluator.evaluate(named("ab".repeat(500_000))))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("too long");
    assertThat(evaluator.evaluate(named("abcd"))).isEqualTo("d");
  }

  private static List<Object> named(String name) {
    return List.of(1, 2L, 0.5, 0.25, name, Instant.EPOCH);
  }

  @Test
  void evaluatesOnlyWhatIsChosen() throws EvaluationException {
    assertThat(constant("if(true, 1, 1 / 0)")).isEqualTo(1.0);
    assertThat(constant("coalesce(1, 1 div 0)")).isEqualTo(1L);
  }

  @Test
  void sharesNestedNullifsWithoutGrowingPastItsBound() {
    String sql = "1";
    for (int i = 0; i < 20; i++) {
      sql = "nullif(" + sql + ", 0)";
    }
    String nested = sql;

    assertThatThrownBy(() -> Expressions.compile(nested, List.of()))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("too large");
  }

  @Test
  void needsAValueForEachInput() {
    assertThatThrownBy(() -> evaluate("delay", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 values (expected: 6)");
  }

  @Test
  void refusesTwoInputsOfOneName() {
    Field field = new Field("delay", Primitive.INT);

    assertThatThrownBy(() -> Expressions.compile("1", List.of(field, field)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'delay' is given twice");
  }
}
