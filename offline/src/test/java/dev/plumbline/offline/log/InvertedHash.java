package dev.plumbline.offline.log;

/** xxHash64 of one number, undone step by step. */
public final class InvertedHash {
  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;

  private InvertedHash() {}

  /** The number that has this hash by this seed. */
  public static long longOf(long hash, long seed) {
    long mixed = Long.rotateRight((unmixed(hash) - P4) * inverse(P1), 27);
    return Long.rotateRight((mixed ^ (seed + P5 + 8)) * inverse(P1), 31) * inverse(P2);
  }

  static int intOf(long hash, long seed) {
    long mixed = Long.rotateRight((unmixed(hash) - P3) * inverse(P2), 23);
    return (int) ((mixed ^ (seed + P5 + 4)) * inverse(P1));
  }

  /** Undoes the last three steps of every xxHash64. */
  private static long unmixed(long hash) {
    long first = unshifted(hash, 32) * inverse(P3);
    return unshifted(unshifted(first, 29) * inverse(P2), 33);
  }

  /** The x of {@code x ^ (x >>> bits)}. */
  private static long unshifted(long value, int bits) {
    long undone = value;
    for (int known = bits; known < Long.SIZE; known += bits) {
      undone = value ^ (undone >>> bits);
    }
    return undone;
  }

  /** Modulo 2^64, by Newton's iteration: each step doubles the right bits, three at first. */
  private static long inverse(long odd) {
    long inverse = odd;
    for (int bits = 3; bits < Long.SIZE; bits *= 2) {
      inverse *= 2 - odd * inverse;
    }
    return inverse;
  }
}
