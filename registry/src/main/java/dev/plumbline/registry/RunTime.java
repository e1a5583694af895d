package dev.plumbline.registry;

import java.time.Duration;
import java.time.Instant;

/**
 * When a run computed and committed its rows.
 *
 * @param started by the project's clock, which may be frozen
 * @param committed by the same clock
 * @param took measured, whatever that clock says
 */
public record RunTime(Instant started, Instant committed, Duration took) {
  public RunTime {
    if (took.isNegative()) {
      throw new IllegalArgumentException("a run took " + took + " (expected: 0 or more)");
    }
  }
}
