package dev.plumbline.client;

import dev.plumbline.client.ServiceDescription.Field;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Reads values as people write them. */
final class ValueText {
  private ValueText() {}

  static Object parse(Field field, String text) {
    try {
      return parse(field.type(), text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException(
          "%s: '%s' is not a value of type %s (expected: %s)"
              .formatted(field.name(), text, field.type(), example(field.type())),
          e);
    }
  }

  private static Object parse(String type, String text) {
    return switch (type) {
      case "boolean" -> parseBoolean(text);
      case "int" -> Integer.valueOf(text);
      case "bigint" -> Long.valueOf(text);
      case "float" -> Float.valueOf(text);
      case "double" -> Double.valueOf(text);
      case "string" -> text;
      case "binary" -> HexFormat.of().parseHex(text.startsWith("0x") ? text.substring(2) : text);
      case "date" -> LocalDate.parse(text);
      case "timestamp" -> Instant.parse(text);
      default -> parseWithParameters(type, text);
    };
  }

  private static Object parseWithParameters(String type, String text) {
    if (type.startsWith("decimal")) {
      return new BigDecimal(text);
    }
    String element = type.substring("array<".length(), type.length() - 1);
    String inner = text.startsWith("[") && text.endsWith("]") ? strip(text) : text;
    return inner.isBlank()
        ? List.of()
        : Arrays.stream(inner.split(",")).map(each -> parse(element, each.strip())).toList();
  }

  private static String strip(String text) {
    return text.substring(1, text.length() - 1);
  }

  private static boolean parseBoolean(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(text);
    }
    return text.equals("true");
  }

  private static String example(String type) {
    return switch (type) {
      case "boolean" -> "true or false";
      case "int", "bigint" -> "a whole number such as 42";
      case "float", "double" -> "a number such as 0.5";
      case "binary" -> "hexadecimal digits such as 0x00ff";
      case "date" -> "such as 2001-02-03";
      case "timestamp" -> "such as 2001-02-03T04:05:06Z";
      default -> type.startsWith("decimal") ? "a number such as 1.25" : "such as [1, 2, 3]";
    };
  }
}
