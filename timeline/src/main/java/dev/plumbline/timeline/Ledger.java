package dev.plumbline.timeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All runs of one view version up to a log position, and with them what was visible when.
 * Immutable; a binary search per question.
 */
public final class Ledger {
  private final List<Run> runs;
  private final long lag;
  private final Grid grid;
  private final long[] stamps;

  /**
   * When each live refresh became visible, ascending, and the newest refresh visible from then on.
   */
  private final long[] liveFrom;

  private final long[] liveRefresh;

  /**
   * @param runs in the order of their stamps
   */
  public Ledger(ViewTiming timing, List<Run> runs) {
    this.runs = List.copyOf(runs);
    this.lag = timing.lag();
    this.grid = timing.grid();
    this.stamps = this.runs.stream().mapToLong(Run::stamp).toArray();
    for (int i = 1; i < stamps.length; i++) {
      if (stamps[i - 1] >= stamps[i]) {
        throw new IllegalArgumentException(
            "runs are not in the order of their stamps: %d, %d"
                .formatted(stamps[i - 1], stamps[i]));
      }
    }
    List<Run> live =
        this.runs.stream()
            .filter(r -> r.kind() == Run.Kind.LIVE && r.publishedAt().isPresent())
            .toList();
    liveFrom = live.stream().mapToLong(r -> r.visibleFrom(r.lastRefresh() + lag)).toArray();
    liveRefresh = live.stream().mapToLong(Run::lastRefresh).toArray();
  }

  public List<Run> runs() {
    return runs;
  }

  public Optional<Run> last() {
    return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
  }

  /** Whether the view was ever published; from then on no backfill may be run. */
  public boolean isLive() {
    return runs.stream().anyMatch(run -> run.publishedAt().isPresent());
  }

  /** The first refresh of all, from which on answers are known. */
  public OptionalLong firstRefresh() {
    return runs.stream().mapToLong(Run::firstRefresh).min();
  }

  /** The newest refresh of all. */
  public OptionalLong lastRefresh() {
    return runs.stream().mapToLong(Run::lastRefresh).max();
  }

  /** This ledger as it was when the run of {@code stamp} was its last. */
  public Ledger upTo(ViewTiming timing, long stamp) {
    return new Ledger(timing, runs.stream().filter(run -> run.stamp() <= stamp).toList());
  }

  /**
   * From when on a row is visible; {@code Long.MAX_VALUE} if its run is not of this ledger or not
   * yet published.
   */
  public long visibleFrom(long availableAt, long createdAt) {
    int at = Arrays.binarySearch(stamps, createdAt);
    return at < 0 ? Long.MAX_VALUE : runs.get(at).visibleFrom(availableAt);
  }

  /** The newest refresh visible at {@code instant}. */
  public OptionalLong newestRefresh(long instant) {
    long newest = Long.MIN_VALUE;
    int published = upperBound(liveFrom, instant);
    if (published > 0) {
      newest = liveRefresh[published - 1];
    }
    for (Run run : backfills()) {
      long due = Math.min(run.lastRefresh(), grid.atOrBefore(instant - lag));
      if (due >= run.firstRefresh()) {
        newest = Math.max(newest, due);
      }
    }
    return newest == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(newest);
  }

  private List<Run> backfills() {
    List<Run> backfills = new ArrayList<>();
    for (Run run : runs) {
      if (run.kind() == Run.Kind.LIVE) {
        break; // a view never goes back
      }
      backfills.add(run);
    }
    return backfills;
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
