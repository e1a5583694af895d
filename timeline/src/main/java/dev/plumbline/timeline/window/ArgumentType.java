package dev.plumbline.timeline.window;

import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Decimal;
import dev.plumbline.type.DataType.Primitive;

/** What the argument of an aggregate must be. */
final class ArgumentType {
  private ArgumentType() {}

  /**
   * Passes a number on.
   *
   * @param function for the message
   * @throws IllegalArgumentException if {@code input} is of another kind
   */
  static DataType requireNumber(String function, DataType input) {
    boolean number =
        input instanceof Decimal
            || input == Primitive.INT
            || input == Primitive.BIGINT
            || input == Primitive.FLOAT
            || input == Primitive.DOUBLE;
    if (!number) {
      throw unsupported(function, input, "a number");
    }
    return input;
  }

  /**
   * Passes a type on whose values have an order.
   *
   * @param function for the message
   * @throws IllegalArgumentException if {@code input} has none
   */
  static DataType requireOrdered(String function, DataType input) {
    if (input instanceof DataType.ArrayOf) {
      throw unsupported(function, input, "a type with an order");
    }
    return input;
  }

  private static IllegalArgumentException unsupported(
      String function, DataType input, String expected) {
    return new IllegalArgumentException(
        "%s over %s (expected: %s)".formatted(function, input, expected));
  }
}
