package dev.plumbline.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as the wire has them: microseconds since 1970-01-01T00:00:00Z. */
public final class WireTime {
  private WireTime() {}

  /** Floored to the microsecond. @throws ArithmeticException beyond +-292,000 years */
  public static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
  }

  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
