package dev.plumbline.timeline.window;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Int and bigint. */
final class IntegerTally implements Tally {
  private final AggregateFunction function;
  private final ExactSum sum = new ExactSum(0, Long.SIZE);
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
    sum.add(Math.abs(number), 0, number < 0 ? -sign : sign);
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
    BigInteger exact = sum.inUnits();
    if (exact.bitLength() >= Long.SIZE) {
      throw new ArithmeticException("the sum %d is beyond bigint".formatted(exact));
    }
    return exact.longValue();
  }

  private double deviation(ExactSum squares) {
    BigInteger spread = Deviation.spread(sum.inUnits(), squares.inUnits(), count);
    return Deviation.of(function, ExactSum.rounded(spread, 0), count);
  }
}
