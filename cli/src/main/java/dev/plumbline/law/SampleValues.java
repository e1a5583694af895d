package dev.plumbline.law;

import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values to ask with: the same ones each time, a few of them null. */
final class SampleValues {
  private static final int NULL_EVERY = 11;

  private SampleValues() {}

  /**
   * An entity that no sensible source has; of a boolean key, which has only two, one that it may.
   */
  static List<Object> unknown(List<Field> keys) {
    List<Object> values = new ArrayList<>();
    for (Field key : keys) {
      values.add(
          switch ((Primitive) key.type()) {
            case INT -> Integer.MIN_VALUE + 7;
            case BIGINT -> Long.MIN_VALUE + 7;
            case DATE -> LocalDate.of(1, 1, 1);
            case BOOLEAN -> false;
            default -> "\u2205 nobody";
          });
    }
    return values;
  }

  /** The value that row number {@code row} sends with its request. */
  static @Nullable Object request(DataType type, int row) {
    int number = row * 37 % 500 - 20;
    if (row % NULL_EVERY == NULL_EVERY - 1) {
      return null;
    }
    if (type instanceof DataType.Decimal decimal) {
      return BigDecimal.valueOf(row % 9, decimal.scale());
    }
    if (type instanceof DataType.ArrayOf) {
      return List.of();
    }
    return switch ((Primitive) type) {
      case BOOLEAN -> row % 2 == 0;
      case INT -> number;
      case BIGINT -> (long) number;
      case FLOAT -> number / 4f;
      case DOUBLE -> number / 4d;
      case STRING -> "value " + number;
      case DATE -> LocalDate.ofEpochDay(number);
      case TIMESTAMP -> Instant.ofEpochSecond(number);
      case BINARY -> Bytes.owning(new byte[] {(byte) number});
    };
  }
}
