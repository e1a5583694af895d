package dev.plumbline.timeline.window;

import dev.plumbline.type.CanonicalValue;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Float and double. What is not finite is counted aside, so that it can be taken away again. */
final class FloatingTally implements Tally {
  private static final int FRACTION_BITS = 52;
  private static final long FRACTION = (1L << FRACTION_BITS) - 1;
  private static final int UNIT = Double.MIN_EXPONENT - FRACTION_BITS;
  private static final int TOP = Double.MAX_EXPONENT + 1;

  private final AggregateFunction function;
  private final ExactSum sum = new ExactSum(UNIT, TOP);
  private final @Nullable ExactSum squares;
  private long count;
  private long nans;
  private long infinities;
  private long negativeInfinities;

  FloatingTally(AggregateFunction function) {
    this.function = function;
    squares = Deviation.is(function) ? new ExactSum(2 * UNIT, 2 * TOP) : null;
  }

  @Override
  public void add(Object value, int sign) {
    double number = ((Number) value).doubleValue();
    count += sign;
    if (Double.isNaN(number)) {
      nans += sign;
    } else if (number == Double.POSITIVE_INFINITY) {
      infinities += sign;
    } else if (number == Double.NEGATIVE_INFINITY) {
      negativeInfinities += sign;
    } else if (number != 0) {
      addFinite(number, sign);
    }
  }

  private void addFinite(double number, int sign) {
    long bits = Double.doubleToRawLongBits(number);
    int exponent = Math.getExponent(number);
    boolean subnormal = exponent < Double.MIN_EXPONENT;
    long magnitude = (bits & FRACTION) | (subnormal ? 0 : FRACTION + 1);
    int scale = subnormal ? UNIT : exponent - FRACTION_BITS;
    sum.add(magnitude, scale, bits < 0 ? -sign : sign);
    if (squares != null) {
      squares.addSquare(magnitude, scale, sign);
    }
  }

  @Override
  public @Nullable Object result() {
    if (count < (squares == null ? 1 : Deviation.fewestValues(function))) {
      return null;
    }
    if (squares != null) {
      return isFinite() ? deviation(squares) : Double.NaN;
    }
    // Divided, the least negative number would become -0.0.
    return function == AggregateFunction.AVG ? CanonicalValue.of(sum() / count) : sum();
  }

  private boolean isFinite() {
    return nans + infinities + negativeInfinities == 0;
  }

  private double sum() {
    if (isFinite()) {
      return sum.rounded();
    }
    if (nans > 0 || (infinities > 0 && negativeInfinities > 0)) {
      return Double.NaN;
    }
    return infinities > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  private double deviation(ExactSum squares) {
    BigInteger spread = Deviation.spread(sum.inUnits(), squares.inUnits(), count);
    return Deviation.of(function, ExactSum.rounded(spread, 2 * UNIT), count);
  }
}
