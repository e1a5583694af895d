package dev.plumbline.timeline.window;

import dev.plumbline.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A sum, average, variance or standard deviation of a multiset of numbers: the same bits for any
 * order in which they came and went.
 */
interface Tally {
  /**
   * Adds a value, or takes one away.
   *
   * @param sign 1 to add {@code value}, -1 to take one away that was added
   */
  void add(Object value, int sign);

  /**
   * Null over too few numbers.
   *
   * @throws ArithmeticException if the result does not fit its type; the message says by how much
   */
  @Nullable Object result();

  static Tally of(AggregateFunction function, DataType input) {
    if (input instanceof DataType.Decimal decimal) {
      return new DecimalTally(function, decimal);
    }
    return input == DataType.Primitive.INT || input == DataType.Primitive.BIGINT
        ? new IntegerTally(function)
        : new FloatingTally(function);
  }
}
