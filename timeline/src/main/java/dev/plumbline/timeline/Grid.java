package dev.plumbline.timeline;

import dev.plumbline.type.Micros;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * The instants at which a view is refreshed: the multiples of {@code every} since
 * 1970-01-01T00:00Z.
 */
public record Grid(Duration every) implements Serializable {
  public Grid {
    if (every.isNegative() || every.isZero()) {
      throw new IllegalArgumentException("every: " + every + " (expected: more than 0)");
    }
    Micros.of(every);
  }

  public long step() {
    return Micros.of(every);
  }

  /** The greatest grid point that is not after {@code micros}. */
  public long atOrBefore(long micros) {
    return Math.floorDiv(micros, step()) * step();
  }

  /** The least grid point after {@code micros}: the first refresh that sees a row of that time. */
  public long after(long micros) {
    return atOrBefore(micros) + step();
  }

  /** The least grid point that is not before {@code micros}. */
  public long atOrAfter(long micros) {
    return -atOrBefore(-micros);
  }

  /**
   * All grid points from {@code from} to {@code to}, both included.
   *
   * @throws NoRefreshException if there is none
   */
  public Refreshes between(Instant from, Instant to) {
    if (from.isAfter(to)) {
      throw new NoRefreshException(from, to, "a beginning that is not after the end");
    }
    long first = atOrAfter(Micros.of(from));
    long last = atOrBefore(Micros.of(to));
    if (first > last) {
      throw new NoRefreshException(
          from,
          to,
          "a multiple of %s since 1970, such as %s or %s"
              .formatted(every, Micros.instant(last), Micros.instant(first)));
    }
    return new Refreshes(first, last);
  }
}
