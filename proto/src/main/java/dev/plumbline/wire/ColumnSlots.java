package dev.plumbline.wire;

import com.google.protobuf.ByteString;
import dev.plumbline.serving.v1.Arrays;
import dev.plumbline.serving.v1.Bigints;
import dev.plumbline.serving.v1.Binaries;
import dev.plumbline.serving.v1.Booleans;
import dev.plumbline.serving.v1.Column;
import dev.plumbline.serving.v1.Dates;
import dev.plumbline.serving.v1.Decimals;
import dev.plumbline.serving.v1.Doubles;
import dev.plumbline.serving.v1.Floats;
import dev.plumbline.serving.v1.Ints;
import dev.plumbline.serving.v1.Strings;
import dev.plumbline.serving.v1.Timestamps;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packed values of a column that is being written.
 *
 * @param form the Java class of a value
 * @param zero what a slot without a value holds
 */
record ColumnSlots<T>(
    String type, Class<T> form, T zero, Consumer<T> values, Consumer<Column.Builder> target) {
  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}),(\\d{1,2})\\)");
  private static final Pattern ARRAY = Pattern.compile("array<([^<>]+)>");

  void add(Object value) {
    if (!form.isInstance(value)) {
      throw new IllegalArgumentException(
          "%s (%s) is not a value of type %s (expected: %s)"
              .formatted(value, value.getClass().getSimpleName(), type, form.getSimpleName()));
    }
    values.accept(form.cast(value));
  }

  void addZero() {
    values.accept(zero);
  }

  void into(Column.Builder column) {
    target.accept(column);
  }

  static ColumnSlots<?> of(String type) {
    return switch (type) {
      case "boolean" -> booleans();
      case "int" -> ints();
      case "bigint" -> bigints();
      case "float" -> floats();
      case "double" -> doubles();
      case "string" -> strings();
      case "binary" -> binaries();
      case "date" -> dates();
      case "timestamp" -> timestamps();
      default -> withParameters(type);
    };
  }

  private static ColumnSlots<?> withParameters(String type) {
    Matcher decimal = DECIMAL.matcher(type);
    if (decimal.matches()) {
      return decimals(type, Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    Matcher array = ARRAY.matcher(type);
    if (array.matches()) {
      return arrays(type, array.group(1));
    }
    throw new IllegalArgumentException(
        "unknown type '%s' (expected: boolean, int, bigint, float, double, decimal(p,s), string, binary, date, timestamp or array<T>)"
            .formatted(type));
  }

  private static ColumnSlots<?> booleans() {
    Booleans.Builder slots = Booleans.newBuilder();
    return new ColumnSlots<>(
        "boolean", Boolean.class, false, slots::addValues, column -> column.setBooleans(slots));
  }

  private static ColumnSlots<?> ints() {
    Ints.Builder slots = Ints.newBuilder();
    return new ColumnSlots<>(
        "int", Integer.class, 0, slots::addValues, column -> column.setInts(slots));
  }

  private static ColumnSlots<?> bigints() {
    Bigints.Builder slots = Bigints.newBuilder();
    return new ColumnSlots<>(
        "bigint", Long.class, 0L, slots::addValues, column -> column.setBigints(slots));
  }

  private static ColumnSlots<?> floats() {
    Floats.Builder slots = Floats.newBuilder();
    return new ColumnSlots<>(
        "float", Float.class, 0f, slots::addValues, column -> column.setFloats(slots));
  }

  private static ColumnSlots<?> doubles() {
    Doubles.Builder slots = Doubles.newBuilder();
    return new ColumnSlots<>(
        "double", Double.class, 0d, slots::addValues, column -> column.setDoubles(slots));
  }

  private static ColumnSlots<?> strings() {
    Strings.Builder slots = Strings.newBuilder();
    return new ColumnSlots<>(
        "string", String.class, "", slots::addValues, column -> column.setStrings(slots));
  }

  private static ColumnSlots<?> binaries() {
    Binaries.Builder slots = Binaries.newBuilder();
    return new ColumnSlots<>(
        "binary",
        byte[].class,
        new byte[0],
        value -> slots.addValues(ByteString.copyFrom(value)),
        column -> column.setBinaries(slots));
  }

  private static ColumnSlots<?> dates() {
    Dates.Builder slots = Dates.newBuilder();
    return new ColumnSlots<>(
        "date",
        LocalDate.class,
        LocalDate.EPOCH,
        value -> slots.addDays(Math.toIntExact(value.toEpochDay())),
        column -> column.setDates(slots));
  }

  private static ColumnSlots<?> timestamps() {
    Timestamps.Builder slots = Timestamps.newBuilder();
    return new ColumnSlots<>(
        "timestamp",
        Instant.class,
        Instant.EPOCH,
        value -> slots.addMicros(WireTime.micros(value)),
        column -> column.setTimestamps(slots));
  }

  private static ColumnSlots<?> decimals(String type, int precision, int scale) {
    Decimals.Builder slots = Decimals.newBuilder().setPrecision(precision).setScale(scale);
    return new ColumnSlots<>(
        type,
        BigDecimal.class,
        BigDecimal.ZERO,
        value -> slots.addUnscaled(ByteString.copyFrom(unscaled(value, scale).toByteArray())),
        column -> column.setDecimals(slots));
  }

  private static BigInteger unscaled(BigDecimal value, int scale) {
    try {
      return value.setScale(scale, RoundingMode.UNNECESSARY).unscaledValue();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "%s has more than %d digits after the point".formatted(value, scale), e);
    }
  }

  private static ColumnSlots<?> arrays(String type, String elementType) {
    Arrays.Builder slots = Arrays.newBuilder();
    ColumnWriter elements = ColumnWriter.of(elementType);
    return new ColumnSlots<>(
        type,
        List.class,
        List.of(),
        value -> {
          int before = elements.rows();
          for (Object element : (List<?>) value) {
            elements.add(element);
          }
          slots.addLengths(elements.rows() - before);
        },
        column -> column.setArrays(slots.setElements(elements.build())));
  }
}
