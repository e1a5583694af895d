package dev.plumbline.timeline.window;

import java.math.BigInteger;

/**
 * A sum of numbers {@code m * 2^e} without rounding, so that the order of additions and
 * subtractions leaves no trace.
 *
 * <p>Fixed point, after Kulisch: limb {@code i} counts multiples of {@code 2^(unit + 32 i)}. Limbs
 * are signed 64-bit numbers of which only 32 bits are theirs; the rest takes up carries, which are
 * passed on once in 2^30 additions. An addition touches three limbs.
 */
final class ExactSum {
  private static final int LIMB_BITS = 32;
  private static final long LIMB_MASK = 0xFFFF_FFFFL;
  private static final int SIGNIFICANT_BITS = 53;
  private static final int LEAST_EXPONENT = -1074;
  private static final int ADDITIONS_BETWEEN_CARRIES = 1 << 30;

  private final int unit;
  private final long[] limbs;
  private int additions;

  /**
   * A sum of nothing, for addends within these exponents.
   *
   * @param unit the least exponent of an addend
   * @param top every addend is below {@code 2^top}; 2^63 of them do not overflow
   */
  ExactSum(int unit, int top) {
    this.unit = unit;
    this.limbs = new long[(top - unit) / LIMB_BITS + 4];
  }

  /**
   * Adds {@code sign * magnitude * 2^exponent}.
   *
   * @param magnitude unsigned
   * @param sign 1 or -1
   */
  void add(long magnitude, int exponent, int sign) {
    int shift = exponent - unit;
    int at = shift / LIMB_BITS;
    int bits = shift % LIMB_BITS;
    long low = magnitude << bits;
    limbs[at] += sign * (low & LIMB_MASK);
    limbs[at + 1] += sign * (low >>> LIMB_BITS);
    if (bits != 0) {
      limbs[at + 2] += sign * (magnitude >>> (Long.SIZE - bits));
    }
    if (++additions == ADDITIONS_BETWEEN_CARRIES) {
      carry();
    }
  }

  /** Adds {@code sign * (magnitude * 2^exponent)^2}. */
  void addSquare(long magnitude, int exponent, int sign) {
    add(magnitude * magnitude, 2 * exponent, sign);
    add(Math.multiplyHigh(magnitude, magnitude), 2 * exponent + Long.SIZE, sign);
  }

  /** The sum as a multiple of {@code 2^unit}. */
  BigInteger inUnits() {
    carry();
    byte[] bigEndian = new byte[limbs.length * Integer.BYTES];
    for (int i = 0; i < limbs.length; i++) {
      int at = bigEndian.length - Integer.BYTES * (i + 1);
      bigEndian[at] = (byte) (limbs[i] >> 24);
      bigEndian[at + 1] = (byte) (limbs[i] >> 16);
      bigEndian[at + 2] = (byte) (limbs[i] >> 8);
      bigEndian[at + 3] = (byte) limbs[i];
    }
    return new BigInteger(bigEndian);
  }

  private void carry() {
    for (int i = 0; i < limbs.length - 1; i++) {
      limbs[i + 1] += limbs[i] >> LIMB_BITS;
      limbs[i] &= LIMB_MASK;
    }
    additions = 0;
  }

  /** The double nearest to the sum, ties to even, infinite beyond the greatest. */
  double rounded() {
    return rounded(inUnits(), unit);
  }

  /** The double nearest to {@code value * 2^unit}, ties to even, infinite beyond the greatest. */
  static double rounded(BigInteger value, int unit) {
    BigInteger magnitude = value.abs();
    int dropped = Math.max(magnitude.bitLength() - SIGNIFICANT_BITS, LEAST_EXPONENT - unit);
    if (dropped > 0) {
      boolean half = magnitude.testBit(dropped - 1);
      boolean beyondHalf = half && magnitude.getLowestSetBit() < dropped - 1;
      magnitude = magnitude.shiftRight(dropped);
      if (beyondHalf || (half && magnitude.testBit(0))) {
        magnitude = magnitude.add(BigInteger.ONE);
      }
    }
    double rounded = Math.scalb((double) magnitude.longValue(), Math.max(dropped, 0) + unit);
    return value.signum() < 0 ? -rounded : rounded;
  }
}
