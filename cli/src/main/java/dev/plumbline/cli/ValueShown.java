package dev.plumbline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.Field;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Canonical values, for people and for programs. */
final class ValueShown {
  /** So many digits tell values apart and leave room for other columns. */
  private static final MathContext DIGITS = new MathContext(6);

  private static final double WHOLE_TO = 1e15;

  private ValueShown() {}

  /** For people: numbers with at most six digits, unless they are whole. */
  static String text(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Double || value instanceof Float) {
      return number(((Number) value).doubleValue());
    }
    if (value instanceof BigDecimal decimal) {
      return number(decimal.doubleValue());
    }
    if (value instanceof List<?> list) {
      return list.stream().map(ValueShown::text).collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof Bytes bytes ? hex(bytes) : value.toString();
  }

  /** At most six digits, unless it is whole. */
  static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return String.valueOf(value);
    }
    if (value == Math.rint(value) && Math.abs(value) < WHOLE_TO) {
      return String.valueOf((long) value);
    }
    double size = Math.abs(value);
    return size < 1e-4 || size >= 1e9
        ? String.format(Locale.ROOT, "%.3e", value)
        : new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }

  /** The keys of an entity, as they are written in options: {@code ATL,ORD}. */
  static String key(List<?> key) {
    return key.isEmpty()
        ? "the only one"
        : key.stream()
            .map(each -> String.valueOf(each).replace(",", "\\,"))
            .collect(Collectors.joining(","));
  }

  /** Exactly. */
  static JsonNode json(@Nullable Object value) {
    return Console.tree(
        value instanceof List<?> list
            ? list.stream().map(ValueShown::plain).toList()
            : plain(value));
  }

  /** Values under the names of their fields, exactly. */
  static ObjectNode named(List<Field> fields, List<? extends @Nullable Object> values) {
    ObjectNode node = Console.json();
    for (int i = 0; i < fields.size(); i++) {
      node.set(fields.get(i).name(), json(values.get(i)));
    }
    return node;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Bytes bytes) {
      return hex(bytes);
    }
    return value == null || value instanceof Number || value instanceof Boolean
        ? value
        : value.toString();
  }

  private static String hex(Bytes bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
