package dev.plumbline.wire;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Guesses the type of a column from the Java values that stand in it. */
final class InferredType {
  private static final int MOST_DIGITS = 38;
  private static final Map<Class<?>, String> TYPES =
      Map.of(
          Boolean.class, "boolean",
          Integer.class, "int",
          Long.class, "bigint",
          Float.class, "float",
          Double.class, "double",
          String.class, "string",
          byte[].class, "binary",
          LocalDate.class, "date",
          Instant.class, "timestamp");

  private InferredType() {}

  /** Absent if there is no value to tell by. */
  static Optional<String> of(List<? extends @Nullable Object> values) {
    Optional<?> first = values.stream().filter(Objects::nonNull).findFirst();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Object value = first.get();
    if (value instanceof BigDecimal) {
      return Optional.of("decimal(" + MOST_DIGITS + "," + scale(values) + ")");
    }
    if (value instanceof List<?>) {
      return Optional.of("array<" + of(elements(values)).orElse("string") + ">");
    }
    String type = TYPES.get(value.getClass());
    if (type == null) {
      throw new IllegalArgumentException(
          "a value of %s (expected: Boolean, Integer, Long, Float, Double, BigDecimal, String, byte[], LocalDate, Instant or a List of these)"
              .formatted(value.getClass().getName()));
    }
    return Optional.of(type);
  }

  private static int scale(List<? extends @Nullable Object> values) {
    int scale = 0;
    for (Object value : values) {
      scale = value instanceof BigDecimal decimal ? Math.max(scale, decimal.scale()) : scale;
    }
    return scale;
  }

  private static List<@Nullable Object> elements(List<? extends @Nullable Object> lists) {
    List<@Nullable Object> elements = new ArrayList<>();
    for (Object list : lists) {
      if (list instanceof List<?> some) {
        elements.addAll(some);
      }
    }
    return elements;
  }
}
