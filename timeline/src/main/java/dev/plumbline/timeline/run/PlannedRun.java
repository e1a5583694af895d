package dev.plumbline.timeline.run;

import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Refreshes;
import dev.plumbline.timeline.Run;
import java.io.Serializable;
import java.util.OptionalLong;

/** A run that may begin: it has a stamp and knows its refreshes, but nothing is written yet. */
public sealed interface PlannedRun extends Serializable {
  /** {@code created_at} of its rows. */
  long stamp();

  /**
   * The first refresh that it computes; in a live run of a row view, the least event time whose
   * rows it compares with the log.
   */
  long from();

  /** Its newest refresh. */
  long refresh();

  /** Its entry in the ledger while it has not written anything yet. */
  Run opened();

  /** Its entry in the ledger, made with the commit of its rows. */
  Run committed();

  /**
   * Whether its refreshes are those of runs before it, up to their last one, with nothing of what
   * was asked for left to do. Such a run that finds no value to change is none: a command that was
   * killed after all its work was done, and is run again, leaves what it had left.
   *
   * @param runs all runs before it
   */
  boolean repeats(Ledger runs);

  /**
   * Fills the refreshes of a time in which nothing was served.
   *
   * @param from the first refresh
   * @param refresh the last refresh
   * @param asked all refreshes that were asked for, if this is a chunk of them
   */
  record Backfill(long stamp, long from, long refresh, Refreshes asked) implements PlannedRun {
    /** A backfill in one piece. */
    public Backfill(long stamp, long from, long refresh) {
      this(stamp, from, refresh, new Refreshes(from, refresh));
    }

    @Override
    public boolean repeats(Ledger runs) {
      return runs.last().filter(last -> !last.isUnfinished()).isPresent()
          && runs.firstRefresh().orElseThrow() <= from
          && runs.lastRefresh().orElseThrow() == refresh
          && asked.last() == refresh;
    }

    @Override
    public Run opened() {
      return new Run(stamp, Run.Kind.BACKFILL, from, refresh, OptionalLong.empty(), false, asked);
    }

    @Override
    public Run committed() {
      return new Run(stamp, Run.Kind.BACKFILL, from, refresh, OptionalLong.empty(), true, asked);
    }
  }

  /**
   * Computes one refresh, and corrects those before it that its lookback reaches.
   *
   * @param from windowed view: the first refresh that is corrected, {@code refresh} if none; row
   *     view: the least event time whose rows are compared with the log, {@link #EVERYTHING} if all
   */
  record Live(long stamp, long from, long refresh) implements PlannedRun {
    /** No row of a row view is too late. */
    public static final long EVERYTHING = Long.MIN_VALUE;

    /** It has a refresh that no run before it had. */
    @Override
    public boolean repeats(Ledger runs) {
      return false;
    }

    @Override
    public Run opened() {
      return new Run(stamp, Run.Kind.LIVE, refresh, refresh, OptionalLong.empty(), false);
    }

    @Override
    public Run committed() {
      return opened();
    }
  }
}
