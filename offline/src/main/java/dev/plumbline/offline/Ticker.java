package dev.plumbline.offline;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Measures how long work takes. Unlike the clock of a project it never stands still. */
@FunctionalInterface
public interface Ticker {
  /** The machine's. */
  Ticker SYSTEM = System::nanoTime;

  /** Nanoseconds since some instant, the same one for every call. */
  long nanos();

  /** The time since {@code nanos}, which an earlier call gave, in whole microseconds. */
  default Duration since(long nanos) {
    return Duration.ofNanos(Math.max(0, nanos() - nanos)).truncatedTo(ChronoUnit.MICROS);
  }
}
