package dev.plumbline.type;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Instants and durations as whole microseconds, the unit in which every time is compared and
 * stored.
 */
public final class Micros {
  private Micros() {}

  /**
   * Microseconds since 1970-01-01T00:00:00Z, floored. @throws ArithmeticException beyond +-292,000
   * years
   */
  public static long of(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
  }

  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /**
   * The length of {@code duration} in microseconds.
   *
   * @throws IllegalArgumentException if it is not a whole number of them
   */
  public static long of(Duration duration) {
    if (duration.getNano() % 1_000 != 0) {
      throw new IllegalArgumentException(duration + " (expected: whole microseconds)");
    }
    return Math.addExact(
        Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1_000);
  }
}
