package dev.plumbline.timeline.window;

import java.math.BigInteger;

/** Standard deviations and variances, whose numerator is exact: {@code n sum(x^2) - sum(x)^2}. */
final class Deviation {
  private Deviation() {}

  static boolean is(AggregateFunction function) {
    return switch (function) {
      case STDDEV, STDDEV_POP, VARIANCE, VAR_POP -> true;
      default -> false;
    };
  }

  /** Below this many values there is no result. */
  static long fewestValues(AggregateFunction function) {
    return isOfSample(function) ? 2 : 1;
  }

  /** The numerator, exactly, of {@code count} values. */
  static BigInteger spread(BigInteger sum, BigInteger squares, long count) {
    return squares.multiply(BigInteger.valueOf(count)).subtract(sum.multiply(sum));
  }

  /**
   * The result over {@code count} values.
   *
   * @param spread the double nearest to the numerator
   */
  static double of(AggregateFunction function, double spread, long count) {
    double divisor = (double) count * (double) (isOfSample(function) ? count - 1 : count);
    double variance = spread / divisor;
    boolean root = function == AggregateFunction.STDDEV || function == AggregateFunction.STDDEV_POP;
    return root ? Math.sqrt(variance) : variance;
  }

  private static boolean isOfSample(AggregateFunction function) {
    return function == AggregateFunction.STDDEV || function == AggregateFunction.VARIANCE;
  }
}
