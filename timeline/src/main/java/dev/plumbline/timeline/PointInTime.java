package dev.plumbline.timeline;

import java.util.Arrays;

/**
 * The newest visible row at each of many instants, for many entities of one view.
 *
 * <p>At a fixed log position each row has one instant from which it is visible, so the newest
 * visible row is a running maximum: a row goes to the first instant of its entity at or after its
 * own, where the newest stays; {@link #resolve} takes prefix maxima. Rows may come in any order; n
 * rows and m instants cost O(n log(m) + m). What a row carries beside its times is kept by whoever
 * offers it, under the number of the instant where it stays. Not thread-safe.
 */
public final class PointInTime {
  private static final int NONE = -1;

  private final long[] instants;
  private final Visibility visibility;
  private final long[] eventTimes;
  private final long[] availableAts;
  private final long[] createdAts;

  /** Where the newest row of each instant stays. */
  private final int[] newest;

  private long lastCreatedAt;
  private long lastNotBefore;
  private int lastPlace;

  /**
   * Look-ups in one view.
   *
   * @param instants those of each entity together and ascending; shared with other views' look-ups
   *     and not to be changed
   * @param visibility of the view's rows at the log position that is asked
   */
  public PointInTime(long[] instants, Visibility visibility) {
    this.instants = instants;
    this.visibility = visibility;
    eventTimes = new long[instants.length];
    availableAts = new long[instants.length];
    createdAts = new long[instants.length];
    newest = new int[instants.length];
    Arrays.fill(newest, NONE);
    lastNotBefore = visibility.notBefore(lastCreatedAt);
  }

  /**
   * Offers one row of the entity whose instants are those numbered from {@code first} to before
   * {@code end}.
   *
   * @return the number of the instant where it stays, in the place of the row that did before;
   *     negative if it is not the newest there, or never visible to any
   */
  public int offer(int first, int end, long eventTime, long availableAt, long createdAt) {
    int at = place(visibleFrom(availableAt, createdAt), first, end);
    if (at == end || (newest[at] != NONE && !isNewer(eventTime, availableAt, createdAt, at))) {
      return NONE;
    }
    newest[at] = at;
    eventTimes[at] = eventTime;
    availableAts[at] = availableAt;
    createdAts[at] = createdAt;
    return at;
  }

  /** Rows of one run come together, and a run is looked up once. */
  private long visibleFrom(long availableAt, long createdAt) {
    if (createdAt != lastCreatedAt) {
      lastCreatedAt = createdAt;
      lastNotBefore = visibility.notBefore(createdAt);
    }
    return Math.max(availableAt, lastNotBefore);
  }

  /** Rows of an entity often come in the order of time: one goes where the one before it went. */
  private int place(long visibleFrom, int first, int end) {
    if (visibleFrom == Visibility.NEVER) {
      return end;
    }
    boolean isLast =
        first <= lastPlace
            && lastPlace < end
            && visibleFrom <= instants[lastPlace]
            && (lastPlace == first || instants[lastPlace - 1] < visibleFrom);
    if (!isLast) {
      lastPlace = firstAtOrAfter(visibleFrom, first, end);
    }
    return lastPlace;
  }

  private int firstAtOrAfter(long visibleFrom, int first, int end) {
    int low = first;
    int high = end;
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
    return RowTime.compare(
            eventTime, availableAt, createdAt, eventTimes[at], availableAts[at], createdAts[at])
        > 0;
  }

  /**
   * Ends the rows of the entity whose instants are those numbered from {@code first} to before
   * {@code end}; from now on the answers below hold for them.
   */
  public void resolve(int first, int end) {
    for (int at = first + 1; at < end; at++) {
      int before = newest[at - 1];
      if (before != NONE
          && (newest[at] == NONE
              || isNewer(eventTimes[before], availableAts[before], createdAts[before], at))) {
        newest[at] = before;
      }
    }
  }

  /** Where the newest row visible at instant number {@code at} stays; negative: none is. */
  public int newest(int at) {
    return newest[at];
  }

  /** The time of the newest row visible at instant number {@code at}, where there is one. */
  public RowTime time(int at) {
    int row = newest[at];
    return new RowTime(eventTimes[row], availableAts[row], createdAts[row]);
  }

  /** Its event time. */
  public long eventTime(int at) {
    return eventTimes[newest[at]];
  }
}
