package dev.plumbline.timeline;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * From when on each row and each refresh of a view is visible, at one log position. Immutable and
 * small: made from a {@link Ledger}, sent to where rows are. A binary search per question.
 */
public final class Visibility implements Serializable {
  private static final long serialVersionUID = 1;
  private static final long ALWAYS = Long.MIN_VALUE;

  /** An instant that never comes. */
  static final long NEVER = Long.MAX_VALUE;

  private final long lag;
  private final long step;
  private final long[] stamps;

  /** Per run: nothing of it is visible before this instant. */
  private final long[] notBefore;

  /** The interval that backfills cover, which has no gaps; empty if the first is after the last. */
  private final long firstBackfilled;

  private final long lastBackfilled;

  /** When each live refresh became visible, ascending, and that refresh. */
  private final long[] liveFrom;

  private final long[] liveRefresh;

  Visibility(long lag, Grid grid, List<Run> runs) {
    this.lag = lag;
    this.step = grid.step();
    stamps = runs.stream().mapToLong(Run::stamp).toArray();
    notBefore = runs.stream().mapToLong(run -> run.visibleFrom(ALWAYS)).toArray();
    List<Run> backfills = runs.stream().filter(run -> run.kind() == Run.Kind.BACKFILL).toList();
    firstBackfilled = backfills.stream().mapToLong(Run::firstRefresh).min().orElse(NEVER);
    lastBackfilled = backfills.stream().mapToLong(Run::lastRefresh).max().orElse(ALWAYS);
    List<Run> live =
        runs.stream()
            .filter(run -> run.kind() == Run.Kind.LIVE && run.publishedAt().isPresent())
            .toList();
    liveFrom = live.stream().mapToLong(run -> run.visibleFrom(run.lastRefresh() + lag)).toArray();
    liveRefresh = live.stream().mapToLong(Run::lastRefresh).toArray();
  }

  /**
   * From when on a row is visible; {@link #NEVER} if its run is not known here or not yet
   * published.
   */
  public long visibleFrom(long availableAt, long createdAt) {
    return Math.max(availableAt, notBefore(createdAt));
  }

  /** Before this instant nothing of the run of this stamp is visible; {@link #NEVER} as above. */
  long notBefore(long createdAt) {
    int run = Arrays.binarySearch(stamps, createdAt);
    return run < 0 ? NEVER : notBefore[run];
  }

  /** The newest refresh visible at {@code instant}. */
  public OptionalLong newestRefresh(long instant) {
    int published = upperBound(liveFrom, instant);
    if (published > 0) {
      return OptionalLong.of(
          liveRefresh[published - 1]); // live runs come after all backfilled refreshes
    }
    long due = Math.min(lastBackfilled, Math.floorDiv(instant - lag, step) * step);
    return due < firstBackfilled ? OptionalLong.empty() : OptionalLong.of(due);
  }

  private static int upperBound(long[] ascending, long value) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
