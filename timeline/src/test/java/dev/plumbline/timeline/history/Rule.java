package dev.plumbline.timeline.history;

import dev.plumbline.timeline.RowTime;
import java.util.Comparator;
import java.util.Set;

/** A rule that a history can be played without, to see that it is needed. */
public enum Rule {
  /** Newest is by (event_time, available_at, created_at), not by event_time and stamp alone. */
  ORDER_BY_ALL_THREE_TIMES,
  /** A live row is visible from the end of its push, not from its planned time. */
  VISIBLE_WHEN_PUBLISHED,
  /** A run compares with the log, not with its own value of the refresh before. */
  COMPARE_WITH_THE_LOG,
  /** A push writes every entity when the marker is not its predecessor's. */
  CHECK_THE_MARKER,
  /** What earlier runs cover is computed again in one run, not in chunks. */
  REPEAT_IN_ONE_RUN,
  /** An entity that vanished from the source leaves a tombstone. */
  BURY_THE_VANISHED,
  /** {@code published_at} never decreases, even if the clock does. */
  PUBLISH_IN_ORDER,
  /** A reader takes the marker before the records. */
  MARKER_BEFORE_RECORDS,
  /** A reader takes the marker again before it says that a record is absent. */
  MARKER_AFTER_ABSENCE;

  /** The order of rows, with the rules in {@code off} switched off. */
  public static Comparator<RowTime> order(Set<Rule> off) {
    return off.contains(ORDER_BY_ALL_THREE_TIMES)
        ? Comparator.comparingLong(RowTime::eventTime).thenComparingLong(RowTime::createdAt)
        : Comparator.naturalOrder();
  }
}
