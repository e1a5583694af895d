package dev.plumbline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.client.ServiceDescription.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ValueTextTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("boolean", "true", true),
        Arguments.of("int", "-7", -7),
        Arguments.of("bigint", "9000000000", 9_000_000_000L),
        Arguments.of("float", "0.5", 0.5f),
        Arguments.of("double", "1e9", 1e9),
        Arguments.of("decimal(5,2)", "1.25", new BigDecimal("1.25")),
        Arguments.of("string", " as it is ", " as it is "),
        Arguments.of("date", "2001-02-03", LocalDate.of(2001, 2, 3)),
        Arguments.of("timestamp", "2001-02-03T04:05:06Z", Instant.parse("2001-02-03T04:05:06Z")),
        Arguments.of("array<int>", "[1, 2]", List.of(1, 2)),
        Arguments.of("array<int>", "3", List.of(3)),
        Arguments.of("array<string>", "[]", List.of()));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void readsAValueOfEveryType(String type, String text, Object value) {
    assertThat(new Field("x", type).parse(text)).isEqualTo(value);
  }

  @Test
  void readsBytesAsHexadecimalDigits() {
    assertThat((byte[]) new Field("x", "binary").parse("0x00ff")).containsExactly(0, 0xff);
  }

  @ParameterizedTest
  @CsvSource({
    "boolean, yes, true or false",
    "int, 1.5, a whole number such as 42",
    "date, 3 Feb, such as 2001-02-03",
    "'array<int>', '[1, x]', 'such as [1, 2, 3]'"
  })
  void saysWhatIsExpected(String type, String text, String expected) {
    assertThatThrownBy(() -> new Field("minutes", type).parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("minutes: '%s' is not a value of type %s (expected: %s)", text, type, expected);
  }
}
