package dev.plumbline.timeline.run;

import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Refreshes;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.ViewTiming;
import dev.plumbline.type.Micros;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Which runs a view's ledger allows at an instant. The caller holds the view's lock and has the
 * newest ledger. Instants are microseconds.
 */
public final class RunPlanner {
  private final ViewTiming timing;
  private final Ledger ledger;
  private final long stamp;

  /**
   * A planner of one run.
   *
   * @param stamp of the run that is planned; greater than that of any run before it
   */
  public RunPlanner(ViewTiming timing, Ledger ledger, long stamp) {
    this.timing = timing;
    this.ledger = ledger;
    this.stamp = stamp;
  }

  /**
   * What remains to be done at {@code clock}.
   *
   * @param lookback how many refreshes back a run corrects; absent: none in a windowed view, all
   *     rows in a row view
   * @throws IllegalArgumentException if {@code lookback} is negative
   */
  public NextRun next(long clock, OptionalInt lookback) {
    Optional<Run> unfinished = ledger.last().filter(Run::isUnfinished);
    if (unfinished.isPresent()) {
      return new NextRun.FinishBackfill(unfinished.get().asked());
    }
    Optional<Run> unpublished = ledger.last().filter(run -> run.publishedAt().isEmpty());
    if (unpublished.isPresent()) {
      return new NextRun.PublishFirst(unpublished.get());
    }
    long due = timing.newestDue(clock);
    if (ledger.lastRefresh().isPresent() && due <= ledger.lastRefresh().getAsLong()) {
      return new NextRun.NothingDue(due, ledger.lastRefresh().getAsLong());
    }
    return new NextRun.Refresh(new PlannedRun.Live(stamp, reach(due, lookback), due));
  }

  /**
   * From when on {@link #next} has something to do; empty if nothing was run yet, for then it
   * always has.
   */
  public OptionalLong nextDueAt() {
    if (ledger.last().isEmpty()) {
      return OptionalLong.empty();
    }
    long last = ledger.lastRefresh().orElseThrow();
    boolean published = ledger.last().orElseThrow().publishedAt().isPresent();
    return OptionalLong.of((published ? last + timing.grid().step() : last) + timing.lag());
  }

  private long reach(long refresh, OptionalInt lookback) {
    if (lookback.orElse(0) < 0) {
      throw new IllegalArgumentException(
          "lookback: " + lookback.getAsInt() + " refreshes (expected: 0 or more)");
    }
    boolean row = timing.shape() == ViewTiming.Shape.ROW;
    if (row && (lookback.isEmpty() || ledger.lastRefresh().isEmpty())) {
      return PlannedRun.Live.EVERYTHING;
    }
    long back = Math.multiplyExact(lookback.orElse(0), timing.grid().step());
    // Rows that came since the last refresh are not late, however many refreshes were skipped.
    return row
        ? ledger.lastRefresh().getAsLong() - back
        : Math.max(refresh - back, ledger.firstRefresh().orElse(refresh));
  }

  /**
   * The backfill of the refreshes {@code from} to {@code to}, in one run.
   *
   * @throws IllegalArgumentException if they are no interval of the grid
   * @throws RunRefusedException if the ledger or the clock does not allow it
   */
  public PlannedRun.Backfill backfill(long from, long to, long clock) {
    requireAllowed(from, to, clock);
    return new PlannedRun.Backfill(stamp, from, to);
  }

  /**
   * One run of a backfill that is cut into chunks.
   *
   * @param chunk the refreshes of this run
   * @throws RunRefusedException if the ledger or the clock does not allow it
   */
  public PlannedRun.Backfill chunk(Refreshes asked, Refreshes chunk, long clock) {
    requireAllowed(chunk.first(), chunk.last(), clock);
    return new PlannedRun.Backfill(stamp, chunk.first(), chunk.last(), asked);
  }

  /**
   * What remains to be computed when some refreshes are asked for: all of them, unless the last run
   * is an unfinished part of the same or a shorter request.
   *
   * @throws IllegalArgumentException if they are no interval of the grid
   * @throws RunRefusedException if the ledger or the clock does not allow it
   */
  public RemainingBackfill remaining(Refreshes asked, long clock) {
    long from = asked.first();
    requireAllowed(from, asked.last(), clock);
    long last = ledger.lastRefresh().orElse(from);
    boolean continues =
        ledger
            .last()
            .filter(run -> run.isUnfinished() && run.asked().first() == from)
            .filter(run -> run.asked().last() <= asked.last())
            .isPresent();
    long start = continues ? last + timing.grid().step() : from;
    return new RemainingBackfill(asked, start, Math.max(start, last));
  }

  private void requireAllowed(long from, long to, long clock) {
    requireOnGrid("from", from);
    requireOnGrid("to", to);
    if (from > to) {
      throw new IllegalArgumentException(
          "backfill from %s to %s (expected: from <= to)".formatted(at(from), at(to)));
    }
    refuseIfServed(from, to);
    refuseIfEarly(to, clock);
    refuseIfGap(from, to);
  }

  private void requireOnGrid(String name, long refresh) {
    long below = timing.grid().atOrBefore(refresh);
    if (below != refresh) {
      throw new IllegalArgumentException(
          "backfill %s %s: not a refresh of this view (expected: a multiple of %s since 1970, such as %s or %s)"
              .formatted(
                  name, at(refresh), timing.every(), at(below), at(timing.grid().after(refresh))));
    }
  }

  private void refuseIfServed(long from, long to) {
    Optional<Run> served =
        ledger.runs().stream()
            .filter(run -> run.kind() == Run.Kind.LIVE || run.publishedAt().isPresent())
            .findFirst();
    if (served.isPresent()) {
      throw new RunRefusedException(
          "backfill from %s to %s: the version is live since the run of %s, and what was served stays as it was (expected: a version that was never published); define a new version to rebuild its history"
              .formatted(at(from), at(to), at(served.get().stamp())));
    }
  }

  private void refuseIfEarly(long to, long clock) {
    long due = timing.newestDue(clock);
    if (to > due) {
      throw new RunRefusedException(
          "backfill to %s: that refresh is not due at %s (expected: %s or earlier); wait, or end it earlier"
              .formatted(at(to), at(clock), at(due)));
    }
  }

  private void refuseIfGap(long from, long to) {
    if (ledger.last().isEmpty()) {
      return;
    }
    long last = ledger.lastRefresh().orElseThrow();
    long latestStart = last + timing.grid().step();
    if (from > latestStart) {
      throw new RunRefusedException(
          "backfill from %s: leaves a gap after %s, the newest refresh so far (expected: from %s or earlier)"
              .formatted(at(from), at(last), at(latestStart)));
    }
    if (to < last) {
      throw new RunRefusedException(
          "backfill to %s: ends before %s, the newest refresh so far (expected: to %s or later, so that no refresh keeps values of an older run)"
              .formatted(at(to), at(last), at(last)));
    }
  }

  private static String at(long micros) {
    return Micros.instant(micros).toString();
  }
}
