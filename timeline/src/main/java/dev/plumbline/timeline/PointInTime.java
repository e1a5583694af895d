package dev.plumbline.timeline;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest visible row at each of many instants, for one entity of one view.
 *
 * <p>At a fixed log position each row has one instant from which it is visible, so the newest
 * visible row is a running maximum: a row goes to the first instant at or after its own, where the
 * newest stays; {@link #resolve} takes prefix maxima. Rows may come in any order; n rows and m
 * instants cost O(n log(m) + m). Not thread-safe.
 *
 * @param <P> what a row carries
 */
public final class PointInTime<P> {
  private final long[] instants;
  private final Visibility visibility;
  private final boolean[] found;
  private final long[] eventTimes;
  private final long[] availableAts;
  private final long[] createdAts;
  private final @Nullable Object[] payloads;

  /**
   * Look-ups of one view at the given instants.
   *
   * @param instants ascending; shared with other views' look-ups and not to be changed
   * @param visibility of the view's rows at the log position that is asked
   */
  public PointInTime(long[] instants, Visibility visibility) {
    this.instants = instants;
    this.visibility = visibility;
    found = new boolean[instants.length];
    eventTimes = new long[instants.length];
    availableAts = new long[instants.length];
    createdAts = new long[instants.length];
    payloads = new Object[instants.length];
  }

  /**
   * Offers one row of the entity.
   *
   * @param payload asked for only if the row is the newest so far of its instant
   */
  public void offer(long eventTime, long availableAt, long createdAt, Supplier<P> payload) {
    int at = firstAtOrAfter(visibility.visibleFrom(availableAt, createdAt));
    if (at < instants.length && isNewer(eventTime, availableAt, createdAt, at)) {
      found[at] = true;
      eventTimes[at] = eventTime;
      availableAts[at] = availableAt;
      createdAts[at] = createdAt;
      payloads[at] = payload.get();
    }
  }

  /** Offers a row whose time is held in an object. */
  public void add(RowTime time, P payload) {
    offer(time.eventTime(), time.availableAt(), time.createdAt(), () -> payload);
  }

  private int firstAtOrAfter(long visibleFrom) {
    if (visibleFrom == Long.MAX_VALUE) {
      return instants.length; // never visible
    }
    int low = 0;
    int high = instants.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (instants[middle] < visibleFrom) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean isNewer(long eventTime, long availableAt, long createdAt, int at) {
    return !found[at]
        || RowTime.compare(
                eventTime, availableAt, createdAt, eventTimes[at], availableAts[at], createdAts[at])
            > 0;
  }

  /** Ends the rows; from now on the answers below hold. */
  public void resolve() {
    for (int at = 1; at < instants.length; at++) {
      int before = at - 1;
      if (found[before]
          && isNewer(eventTimes[before], availableAts[before], createdAts[before], at)) {
        found[at] = true;
        eventTimes[at] = eventTimes[before];
        availableAts[at] = availableAts[before];
        createdAts[at] = createdAts[before];
        payloads[at] = payloads[before];
      }
    }
  }

  /** Whether any row is visible at instant number {@code at}. */
  public boolean isFound(int at) {
    return found[at];
  }

  /** The time of the newest row visible at instant number {@code at}, where there is one. */
  public RowTime time(int at) {
    return new RowTime(eventTimes[at], availableAts[at], createdAts[at]);
  }

  /** Its event time. */
  public long eventTime(int at) {
    return eventTimes[at];
  }

  /** What it carries. */
  @SuppressWarnings("unchecked") // only add() puts something there
  public @Nullable P payload(int at) {
    return (P) payloads[at];
  }
}
