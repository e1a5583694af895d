package dev.plumbline.timeline;

import dev.plumbline.type.Micros;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a view lies in time.
 *
 * @param shape whether rows describe windows that end at a refresh, or source rows
 * @param every the distance of refreshes
 * @param availabilityLag from a refresh to the moment it is planned to be served
 * @param maxAge beyond this age an answer is EXPIRED; without it nothing expires
 */
public record ViewTiming(
    Shape shape, Duration every, Duration availabilityLag, Optional<Duration> maxAge) {
  /** The two kinds of view. */
  public enum Shape {
    /** Every feature is an aggregate over a window; a row holds until the next one. */
    WINDOWED,
    /** A row is the latest source row and ages from its own event time. */
    ROW
  }

  public ViewTiming {
    Objects.requireNonNull(shape, "shape is null");
    new Grid(every);
    if (availabilityLag.isNegative()) {
      throw new IllegalArgumentException(
          "availability_lag: " + availabilityLag + " (expected: 0 or more)");
    }
    Duration least = every.plus(availabilityLag);
    if (maxAge.isPresent() && maxAge.get().compareTo(least) < 0) {
      throw new IllegalArgumentException(
          "max_age: %s (expected: at least every + availability_lag, %s)"
              .formatted(maxAge.get(), least));
    }
  }

  public Grid grid() {
    return new Grid(every);
  }

  /** {@link #availabilityLag} in microseconds. */
  public long lag() {
    return Micros.of(availabilityLag);
  }

  /**
   * The newest refresh that is due at {@code clock}: the greatest grid point whose planned time has
   * come.
   */
  public long newestDue(long clock) {
    return grid().atOrBefore(clock - lag());
  }
}
