package dev.plumbline.timeline.run;

import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Marker;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.ViewTiming;
import dev.plumbline.type.Micros;
import java.util.List;
import java.util.Optional;

/**
 * How the last run of a ledger is brought online. The caller holds the view's lock; the ledger has
 * one run or more. Asked again after a push was stopped anywhere, it leads to the same answers.
 */
public final class PublicationPlanner {
  private final Run last;
  private final long lastRefresh;
  private final long lag;

  /** The marker that the run before left behind. */
  private final Optional<Marker> predecessor;

  /**
   * A planner of the last run's publication.
   *
   * @throws IllegalArgumentException if nothing was run yet
   */
  public PublicationPlanner(ViewTiming timing, Ledger ledger) {
    this.lag = timing.lag();
    this.last =
        ledger
            .last()
            .orElseThrow(
                () -> new IllegalArgumentException("nothing was run yet (expected: 1 run)"));
    this.lastRefresh = ledger.lastRefresh().orElseThrow();
    List<Run> earlier = ledger.runs().subList(0, ledger.runs().size() - 1);
    this.predecessor = published(earlier);
  }

  private static Optional<Marker> published(List<Run> runs) {
    return runs.stream()
        .filter(run -> run.publishedAt().isPresent())
        .reduce((earlier, later) -> later)
        .map(run -> new Marker(run.stamp(), run.lastRefresh(), run.publishedAt().orElseThrow()));
  }

  /** The newest {@code available_at} of the last run: a push waits for it. */
  public long startsAt() {
    return lastRefresh + lag;
  }

  /**
   * What the push has to do.
   *
   * @param shown the store's marker
   * @throws RunRefusedException if the store shows a run that the ledger does not have, or if the
   *     last run is an unfinished part of a backfill
   */
  public Publication plan(Optional<Marker> shown) {
    if (last.isUnfinished()) {
      throw new RunRefusedException(
          "its backfill to %s was stopped at %s (expected: a whole one); finish it first, which plumb materialize does"
              .formatted(Micros.instant(last.asked().last()), Micros.instant(lastRefresh)));
    }
    if (shown.isPresent() && shown.get().createdAt() == last.stamp()) {
      return last.publishedAt().isPresent()
          ? new Publication.UpToDate()
          : new Publication.CopyMarker(shown.get());
    }
    if (shown.isPresent() && shown.get().createdAt() > last.stamp()) {
      throw new RunRefusedException(
          "the online store shows run %d, which is after %d, the last one of the ledger (expected: an earlier one); was the metadata database restored from an old copy? Restore a newer one, or empty the view's records and push again"
              .formatted(shown.get().createdAt(), last.stamp()));
    }
    return shown.isPresent() && shown.equals(predecessor) && last.publishedAt().isEmpty()
        ? new Publication.PushChanged(shown.get())
        : new Publication.PushEverything(shown);
  }

  /**
   * The marker that ends the push: when the clock says so, but not before the newest row was
   * planned to be served nor before the run that was published last. A run that was published once
   * keeps its marker.
   *
   * @param clock when the last record was written
   */
  public Marker marker(long clock) {
    long earliest =
        Math.max(startsAt(), predecessor.map(Marker::publishedAt).orElse(Long.MIN_VALUE));
    return new Marker(
        last.stamp(), lastRefresh, last.publishedAt().orElse(Math.max(clock, earliest)));
  }
}
