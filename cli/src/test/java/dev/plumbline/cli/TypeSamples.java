package dev.plumbline.cli;

import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.ArrayOf;
import dev.plumbline.type.DataType.Decimal;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A column of every type there is, and raw values of each: extremes, oddities, null. */
final class TypeSamples {
  static final int ROWS = 6;

  private static final List<DataType> SCALARS =
      Stream.concat(
              Stream.of(Primitive.values()),
              Stream.of(new Decimal(5, 2), new Decimal(18, 0), new Decimal(38, 10)))
          .toList();

  private TypeSamples() {}

  /** A column for each scalar type, then one for an array of each. */
  static List<Field> columns() {
    List<Field> columns = new ArrayList<>();
    for (DataType type : SCALARS) {
      columns.add(new Field(name(type), type));
    }
    for (DataType type : SCALARS) {
      columns.add(new Field("array_of_" + name(type), new ArrayOf(type)));
    }
    return columns;
  }

  private static String name(DataType type) {
    return "a_" + type.toString().replaceAll("[^a-z0-9]+", "_").replaceAll("_$", "");
  }

  /** The value of a column in row {@code row}, not yet canonical. */
  static @Nullable Object value(DataType type, int row) {
    if (type instanceof ArrayOf array) {
      return switch (row) {
        case 0 -> List.of();
        case 1 -> null;
        default ->
            Arrays.<@Nullable Object>asList(
                value(array.element(), row), null, value(array.element(), row - 2));
      };
    }
    return scalars(type).get(row);
  }

  private static List<@Nullable Object> scalars(DataType type) {
    if (type instanceof Decimal decimal) {
      return decimals(decimal);
    }
    return switch ((Primitive) type) {
      case BOOLEAN -> Arrays.asList(true, false, null, true, false, true);
      case INT -> Arrays.asList(0, Integer.MIN_VALUE, Integer.MAX_VALUE, null, -1, 7);
      case BIGINT -> Arrays.asList(0L, Long.MIN_VALUE, Long.MAX_VALUE, null, (1L << 53) + 1, -1L);
      case FLOAT ->
          Arrays.asList(-0.0f, Float.NaN, Float.POSITIVE_INFINITY, null, 0.1f, Float.MIN_VALUE);
      case DOUBLE -> Arrays.asList(-0.0, Double.NaN, Double.NEGATIVE_INFINITY, null, 0.1, 1e16);
      case STRING -> Arrays.asList("", "größe, \"x\"\n", "\uD83D\uDE80", null, "\u0000", "NULL");
      case BINARY ->
          Arrays.asList(bytes(), bytes(0), bytes(-1, 127, -128), null, bytes(1, 2, 3), bytes(10));
      case DATE ->
          Arrays.asList(
              LocalDate.EPOCH,
              LocalDate.of(1969, 12, 31),
              LocalDate.of(2256, 1, 1),
              null,
              LocalDate.of(2024, 2, 29),
              LocalDate.of(1900, 3, 1));
      case TIMESTAMP ->
          Arrays.asList(
              Instant.EPOCH,
              Instant.parse("1969-12-31T23:59:59.999999Z"),
              Instant.parse("2256-01-01T00:00:00.000001Z"),
              null,
              Instant.parse("2024-02-29T12:00:00Z"),
              Instant.parse("1900-03-01T00:00:00Z"));
    };
  }

  private static List<@Nullable Object> decimals(Decimal type) {
    String nines = "9".repeat(Math.min(type.precision() - type.scale(), 20));
    return Stream.of("0", "-" + nines, nines, null, "-1", "2")
        .map(text -> text == null ? null : new BigDecimal(text).setScale(type.scale()))
        .map(value -> (@Nullable Object) value)
        .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
  }

  private static Bytes bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return Bytes.owning(bytes);
  }
}
