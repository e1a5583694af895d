package dev.plumbline.timeline;

import dev.plumbline.type.Micros;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * From the newest visible row of an entity to an answer. The offline join, the server and the tests
 * all end here.
 *
 * <p>No row or a tombstone is MISSING; what is older than {@code max_age} is EXPIRED, and in a row
 * view MISSING beyond twice that. All times are microseconds.
 */
public final class AsOfRule implements Serializable {
  private static final long serialVersionUID = 1;

  private static final long FOR_EVER = Long.MAX_VALUE;

  private final boolean row;
  private final long maxAge;
  private final long forgottenAfter;

  public AsOfRule(ViewTiming timing) {
    row = timing.shape() == ViewTiming.Shape.ROW;
    maxAge = timing.maxAge().map(Micros::of).orElse(FOR_EVER);
    forgottenAfter = row && maxAge < FOR_EVER / 2 ? 2 * maxAge : FOR_EVER;
  }

  /**
   * How old an answer at {@code instant} is, never negative.
   *
   * @param eventTime of the newest visible row
   * @param newestRefresh the newest refresh visible at {@code instant}; a row of a windowed view
   *     holds until then
   */
  public long age(long eventTime, long newestRefresh, long instant) {
    return Math.max(0, instant - (row ? eventTime : newestRefresh));
  }

  /** The status of a row that is not a tombstone: PRESENT, EXPIRED or MISSING. */
  public Status status(long age, long requestedMaxAge) {
    if (age > forgottenAfter) {
      return Status.MISSING;
    }
    return age > Math.min(maxAge, requestedMaxAge) ? Status.EXPIRED : Status.PRESENT;
  }

  /** A caller's stricter limit as {@link #status} takes it. */
  public static long requestedMaxAge(Optional<Duration> asked) {
    return asked.map(Micros::of).orElse(FOR_EVER);
  }
}
