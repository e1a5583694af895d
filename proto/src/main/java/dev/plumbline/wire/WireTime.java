package dev.plumbline.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as the wire has them: microseconds since 1970-01-01T00:00:00Z. */
public final class WireTime {
  private WireTime() {}

  /** Floored to the microsecond. @throws ArithmeticException beyond +-292,000 years */
  public static long micros(Instant instant) {
    long seconds = instant.getEpochSecond();
    int micros = instant.getNano() / 1_000;
    return seconds < 0 // counted from the second's end: its beginning may be out of range
        ? Math.addExact(Math.multiplyExact(seconds + 1, 1_000_000L), micros - 1_000_000)
        : Math.addExact(Math.multiplyExact(seconds, 1_000_000L), micros);
  }

  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
