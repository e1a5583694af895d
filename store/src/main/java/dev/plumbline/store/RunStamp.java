package dev.plumbline.store;

import dev.plumbline.type.Micros;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * The stamp of a run, {@code created_at}, as a record has it: seven bytes, which hold the
 * microseconds of the years 828 to 3111. It is read from a run's own clock, never from data.
 */
public final class RunStamp {
  /** In a record. */
  static final int BYTES = 7;

  private static final long SIGN = 1L << (8 * BYTES - 1);

  /** The first stamp that fits. */
  public static final Instant FIRST = Micros.instant(-SIGN);

  /** The last stamp that fits. */
  public static final Instant LAST = Micros.instant(SIGN - 1);

  private RunStamp() {}

  /**
   * Requires that a run may be stamped with what a clock says.
   *
   * @throws IllegalArgumentException if a record has no room for it
   */
  public static void requireFits(Instant clock) {
    if (clock.isBefore(FIRST) || clock.isAfter(LAST)) {
      throw new IllegalArgumentException(
          "the clock is frozen at %s (expected: an instant from %s to %s; no others fit the stamp of a run in a record of the online store)"
              .formatted(clock, FIRST, LAST));
    }
  }

  /**
   * Writes seven bytes that compare as unsigned in the order of time.
   *
   * @throws IllegalArgumentException if the stamp does not fit them
   */
  static void put(ByteBuffer out, long micros) {
    if (micros < -SIGN || micros >= SIGN) {
      throw new IllegalArgumentException(
          "created_at %d microseconds (expected: from %d, %s, to %d, %s)"
              .formatted(micros, -SIGN, FIRST, SIGN - 1, LAST));
    }
    long bits = micros ^ SIGN;
    out.put((byte) (bits >>> 48)).putShort((short) (bits >>> 32)).putInt((int) bits);
  }

  /**
   * The stamp that lies at {@code at}.
   *
   * @param at at least 1: the byte before is read and ignored
   */
  static long get(byte[] bytes, int at) {
    return ((BigEndian.getLong(bytes, at - 1) << Byte.SIZE) ^ Long.MIN_VALUE) >> Byte.SIZE;
  }
}
