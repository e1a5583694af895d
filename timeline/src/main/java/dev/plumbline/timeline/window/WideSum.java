package dev.plumbline.timeline.window;

import java.math.BigInteger;

/**
 * A sum of longs in 128 bits: exact, whatever the order of additions and subtractions, for up to
 * 2^63 of them.
 */
final class WideSum {
  private long high;
  private long low;

  void add(long value) {
    long sum = low + value;
    high += (value >> 63) + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    low = sum;
  }

  void subtract(long value) {
    long difference = low - value;
    high -= (value >> 63) + (Long.compareUnsigned(low, value) < 0 ? 1 : 0);
    low = difference;
  }

  /** Whether the sum is a long. */
  boolean isLong() {
    return high == low >> 63;
  }

  /** The sum, which is a long. */
  long toLong() {
    return low;
  }

  BigInteger toBigInteger() {
    BigInteger unsignedLow = new BigInteger(Long.toUnsignedString(low));
    return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(unsignedLow);
  }

  /** The double nearest to the sum, ties to even. */
  double rounded() {
    return isLong() ? (double) low : toBigInteger().doubleValue();
  }
}
