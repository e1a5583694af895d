package dev.plumbline.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.ArrayOf;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type goes into Catalyst and comes back as it was. */
class CatalystValuesTest {
  static Stream<Arguments> values() {
    return Stream.of(
        arguments(Primitive.BOOLEAN, List.of(true, false)),
        arguments(Primitive.INT, List.of(0, Integer.MIN_VALUE, Integer.MAX_VALUE)),
        arguments(Primitive.BIGINT, List.of(0L, Long.MIN_VALUE, Long.MAX_VALUE)),
        arguments(Primitive.FLOAT, List.of(0.0f, Float.NaN, Float.MIN_VALUE, -1.5f)),
        arguments(
            Primitive.DOUBLE,
            List.of(0.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, 0.1)),
        arguments(
            new DataType.Decimal(5, 2),
            List.of(new BigDecimal("0.00"), new BigDecimal("-999.99"), new BigDecimal("1.50"))),
        arguments(
            new DataType.Decimal(38, 20),
            List.of(new BigDecimal("123456789012345678.12345678901234567890"))),
        arguments(Primitive.STRING, List.of("", "a", "Zürich", "🙂\u0000")),
        arguments(
            Primitive.BINARY, List.of(Bytes.copyOf(new byte[0]), Bytes.copyOf(new byte[] {-1}))),
        arguments(
            Primitive.DATE,
            List.of(LocalDate.EPOCH, LocalDate.of(-44, 3, 15), LocalDate.of(9999, 12, 31))),
        arguments(
            Primitive.TIMESTAMP,
            List.of(
                Instant.EPOCH,
                Instant.parse("1582-10-04T23:59:59.999999Z"),
                Instant.parse("9999-12-31T23:59:59.000001Z"))));
  }

  @ParameterizedTest
  @MethodSource("values")
  void roundTrips(DataType type, List<Object> values) throws EvaluationException {
    Evaluator identity =
        Expressions.compile("coalesce(x)", List.of(new Field("x", type))).evaluator();

    for (Object value : values) {
      assertThat(identity.evaluate(List.of(value))).isEqualTo(value).hasSameClassAs(value);
    }
    assertThat(identity.evaluate(Collections.singletonList(null))).isNull();
  }

  @ParameterizedTest
  @MethodSource("values")
  void roundTripsInArrays(DataType element, List<Object> values) throws EvaluationException {
    ArrayOf type = new ArrayOf(element);
    CompiledExpression identity = Expressions.compile("coalesce(x)", List.of(new Field("x", type)));
    List<Object> withNull = Stream.concat(values.stream(), Stream.of((Object) null)).toList();

    assertThat(identity.type()).isEqualTo(type);
    assertThat(identity.evaluator().evaluate(List.of(withNull))).isEqualTo(withNull);
    assertThat(identity.evaluator().evaluate(List.of(List.of()))).isEqualTo(List.of());
    assertThat(identity.evaluator().evaluate(Arrays.asList((Object) null))).isNull();
  }

  @ParameterizedTest
  @MethodSource("values")
  void namesTheTypeAsSparkDoes(DataType type, List<Object> values) {
    assertThat(SparkTypes.find(SparkTypes.of(type))).contains(type);
    assertThat(SparkTypes.find(SparkTypes.of(new ArrayOf(type)))).contains(new ArrayOf(type));
    assertThat(SparkTypes.of(type).simpleString()).isEqualTo(type.toString());
    assertThat(values).isNotEmpty();
  }
}
