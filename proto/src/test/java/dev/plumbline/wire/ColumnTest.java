package dev.plumbline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.serving.v1.Arrays;
import dev.plumbline.serving.v1.Column;
import dev.plumbline.serving.v1.Decimals;
import dev.plumbline.serving.v1.Ints;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnTest {
  static Stream<Arguments> everyType() {
    return Stream.of(
        Arguments.of("boolean", row(true, null, false)),
        Arguments.of("int", row(Integer.MIN_VALUE, null, -1, 0, Integer.MAX_VALUE)),
        Arguments.of("bigint", row(Long.MIN_VALUE, null, -1L, 0L, Long.MAX_VALUE)),
        Arguments.of("float", row(1.5f, Float.NaN, null, Float.NEGATIVE_INFINITY, 0f)),
        Arguments.of("double", row(1e300, Double.NaN, null, Double.POSITIVE_INFINITY, 0d)),
        Arguments.of(
            "decimal(38,2)",
            row(new BigDecimal("-0.01"), null, new BigDecimal("9".repeat(36) + ".99"))),
        Arguments.of("string", row("", null, "Zürich \0 ✈")),
        Arguments.of("date", row(LocalDate.EPOCH, null, LocalDate.of(1969, 12, 31))),
        Arguments.of(
            "timestamp",
            row(
                Instant.EPOCH,
                null,
                Instant.parse("1969-12-31T23:59:59.999999Z"),
                WireTime.instant(Long.MIN_VALUE),
                WireTime.instant(Long.MAX_VALUE))),
        Arguments.of("array<float>", row(row(1f, null, 3f), null, row(), row(-1f))),
        Arguments.of("array<decimal(4,1)>", row(row(new BigDecimal("1.0")), row())),
        Arguments.of("array<timestamp>", row(row(Instant.EPOCH, null))));
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void valuesOfEveryTypePassTheWire(String type, List<Object> values) throws Exception {
    ColumnReader read = overTheWire(ColumnWriter.of(type).addAll(values).build());

    assertThat(read.type()).contains(type);
    assertThat(read.values()).isEqualTo(values);
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void theTypeIsFoundInTheValues(String type, List<Object> values) throws Exception {
    ColumnReader read = overTheWire(ColumnWriter.column(values));

    assertThat(read.type().orElseThrow()).isEqualTo(type.replace("(4,", "(38,"));
    assertThat(read.values()).isEqualTo(values);
  }

  @Test
  void binariesPassTheWire() throws Exception {
    byte[] bytes = {0, -1, 127};

    ColumnReader read = overTheWire(ColumnWriter.column(row(bytes, null, new byte[0])));

    assertThat(read.type()).contains("binary");
    assertThat((byte[]) read.get(0)).isEqualTo(bytes);
    assertThat(read.get(1)).isNull();
    assertThat((byte[]) read.get(2)).isEmpty();
  }

  @Test
  void aColumnWithoutValuesHasNoType() throws Exception {
    ColumnReader read = overTheWire(ColumnWriter.column(row(null, null)));

    assertThat(read.type()).isEmpty();
    assertThat(read.values()).containsExactly(null, null);
  }

  @Test
  void arraysWithoutAValueHaveNoType() {
    Column noElements =
        Column.newBuilder().setArrays(Arrays.newBuilder().addLengths(0).addLengths(0)).build();
    Column nulls =
        Column.newBuilder()
            .setArrays(
                Arrays.newBuilder()
                    .addLengths(2)
                    .setElements(Column.newBuilder().addAbsent(0).addAbsent(1)))
            .build();

    assertThat(ColumnReader.of(noElements).type()).isEmpty();
    assertThat(ColumnReader.of(noElements).values()).containsExactly(List.of(), List.of());
    assertThat(ColumnReader.of(nulls).type()).isEmpty();
    assertThat(ColumnReader.of(nulls).values()).containsExactly(row(null, null));
  }

  @Test
  void aTypedColumnMayHaveNoRows() throws Exception {
    ColumnReader read = overTheWire(ColumnWriter.of("array<int>").build());

    assertThat(read.type()).contains("array<int>");
    assertThat(read.rows()).isZero();
  }

  @Test
  void aValueOfAnotherTypeIsRefused() {
    ColumnWriter writer = ColumnWriter.of("bigint");

    assertThatThrownBy(() -> writer.add(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 (Integer) is not a value of type bigint (expected: Long)");
  }

  @Test
  void anUnknownTypeIsRefused() {
    assertThatThrownBy(() -> ColumnWriter.of("array<array<int>>"))
        .hasMessageStartingWith("unknown type 'array<array<int>>' (expected: boolean,");
  }

  static Stream<Column> contradictions() {
    Ints two = Ints.newBuilder().addValues(1).addValues(2).build();
    Column ints = Column.newBuilder().setInts(two).build();
    Column arrays =
        Column.newBuilder().setArrays(Arrays.newBuilder().addLengths(1).setElements(ints)).build();
    return Stream.of(
        Column.newBuilder().setInts(two).addAbsent(2).build(),
        Column.newBuilder().setInts(two).addAbsent(-1).build(),
        Column.newBuilder().setInts(two).addAbsent(1).addAbsent(1).build(),
        Column.newBuilder().addAbsent(1).build(),
        arrays,
        Column.newBuilder().setArrays(Arrays.newBuilder().addLengths(3).setElements(ints)).build(),
        Column.newBuilder().setArrays(Arrays.newBuilder().addLengths(-1).setElements(ints)).build(),
        Column.newBuilder()
            .setArrays(Arrays.newBuilder().addLengths(1).setElements(arrays))
            .build(),
        Column.newBuilder().setDecimals(Decimals.newBuilder().setPrecision(39)).build(),
        Column.newBuilder()
            .setDecimals(Decimals.newBuilder().setPrecision(9).addUnscaled(ByteString.EMPTY))
            .build());
  }

  @ParameterizedTest
  @MethodSource("contradictions")
  void aColumnThatContradictsItselfIsRefused(Column column) {
    assertThatThrownBy(() -> ColumnReader.of(column)).isInstanceOf(IllegalArgumentException.class);
  }

  private static ColumnReader overTheWire(Column column) throws InvalidProtocolBufferException {
    return ColumnReader.of(Column.parseFrom(column.toByteArray()));
  }

  private static List<Object> row(Object... values) {
    return java.util.Arrays.asList(values);
  }
}
