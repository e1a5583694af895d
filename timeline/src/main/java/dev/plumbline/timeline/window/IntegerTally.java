package dev.plumbline.timeline.window;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Int and bigint. */
final class IntegerTally implements Tally {
  private final AggregateFunction function;
  private final WideSum sum = new WideSum();
  private final @Nullable ExactSum squares;
  private long count;

  IntegerTally(AggregateFunction function) {
    this.function = function;
    squares = Deviation.is(function) ? new ExactSum(0, 2 * Long.SIZE) : null;
  }

  @Override
  public void add(Object value, int sign) {
    long number = ((Number) value).longValue();
    count += sign;
    if (sign > 0) {
      sum.add(number);
    } else {
      sum.subtract(number);
    }
    if (squares != null) {
      squares.addSquare(number, 0, sign);
    }
  }

  @Override
  public @Nullable Object result() {
    if (squares != null) {
      return count < Deviation.fewestValues(function) ? null : deviation(squares);
    }
    if (count == 0) {
      return null;
    }
    return function == AggregateFunction.AVG ? (Object) (sum.rounded() / count) : sum();
  }

  private Object sum() {
    if (!sum.isLong()) {
      throw new ArithmeticException("the sum %d is beyond bigint".formatted(sum.toBigInteger()));
    }
    return sum.toLong();
  }

  private double deviation(ExactSum squares) {
    BigInteger spread = Deviation.spread(sum.toBigInteger(), squares.inUnits(), count);
    return Deviation.of(function, ExactSum.rounded(spread, 0), count);
  }
}
