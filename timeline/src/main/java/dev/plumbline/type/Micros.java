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
    long seconds = instant.getEpochSecond();
    int micros = instant.getNano() / 1_000;
    return seconds < 0 // counted from the second's end: its beginning may be out of range
        ? Math.addExact(Math.multiplyExact(seconds + 1, 1_000_000L), micros - 1_000_000)
        : Math.addExact(Math.multiplyExact(seconds, 1_000_000L), micros);
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
