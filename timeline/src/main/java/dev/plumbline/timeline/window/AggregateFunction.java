package dev.plumbline.timeline.window;

import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Decimal;
import dev.plumbline.type.DataType.Primitive;
import java.util.Locale;

/**
 * What can be computed over a window. Nulls are passed over by all; docs: {@code
 * docs/spec/aggregates.md}.
 */
public enum AggregateFunction {
  /** Rows, or rows whose argument is not null; 0 over none. */
  COUNT,
  SUM,
  AVG,
  MIN,
  MAX,
  /**
   * The argument of the least row by (event_time, arrival_time, bytes of the row) whose argument is
   * not null.
   */
  FIRST,
  /** The argument of the greatest row in that order whose argument is not null. */
  LAST,
  /** Sample standard deviation; null below two values. */
  STDDEV;

  /**
   * The type of the result over arguments of type {@code input}, the same as Spark's.
   *
   * @throws IllegalArgumentException if the function has none for it
   */
  public DataType resultType(DataType input) {
    return switch (this) {
      case COUNT -> Primitive.BIGINT;
      case FIRST, LAST -> input;
      case MIN, MAX -> ordered(input);
      case SUM -> sumType(number(input));
      case AVG -> averageType(number(input));
      case STDDEV -> {
        number(input);
        yield Primitive.DOUBLE;
      }
    };
  }

  private DataType ordered(DataType input) {
    if (input instanceof DataType.ArrayOf) {
      throw unsupported(input, "a type with an order");
    }
    return input;
  }

  private DataType number(DataType input) {
    boolean number =
        input instanceof Decimal
            || input == Primitive.INT
            || input == Primitive.BIGINT
            || input == Primitive.FLOAT
            || input == Primitive.DOUBLE;
    if (!number) {
      throw unsupported(input, "a number");
    }
    return input;
  }

  private static DataType sumType(DataType input) {
    if (input instanceof Decimal decimal) {
      return new Decimal(Math.min(38, decimal.precision() + 10), decimal.scale());
    }
    return input == Primitive.INT || input == Primitive.BIGINT
        ? Primitive.BIGINT
        : Primitive.DOUBLE;
  }

  private static DataType averageType(DataType input) {
    if (input instanceof Decimal decimal) {
      return new Decimal(Math.min(38, decimal.precision() + 4), Math.min(decimal.scale() + 4, 38));
    }
    return Primitive.DOUBLE;
  }

  private IllegalArgumentException unsupported(DataType input, String expected) {
    return new IllegalArgumentException(
        "%s over %s (expected: %s)".formatted(name().toLowerCase(Locale.ROOT), input, expected));
  }
}
