package dev.plumbline.offline;

import dev.plumbline.definition.ViewId;
import dev.plumbline.timeline.Refreshes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a materialisation of a view would do now.
 *
 * @param steps in order; none if nothing is due
 * @param cost of all that would be computed; absent if nothing would
 * @param nextDueAt when there is something to do, if there is not now
 */
public record Forecast(
    ViewId view, List<Step> steps, Optional<Cost> cost, Optional<Instant> nextDueAt) {
  public Forecast {
    steps = List.copyOf(steps);
  }

  /** One thing that would be done. */
  public sealed interface Step {
    /** The last run of a backfill, or one that was killed before its push ended, comes online. */
    record Publish(Instant refresh) implements Step {}

    /**
     * One run.
     *
     * @param sourceRows that it has to read; of a long backfill about so many
     */
    record Compute(Kind kind, Refreshes refreshes, long sourceRows) implements Step {}
  }

  /** What a run is for. */
  public enum Kind {
    BACKFILL,
    LIVE
  }

  /**
   * About what it would take; publication is not counted.
   *
   * @param logRows that would be written
   * @param bytes of them in the table
   */
  public record Cost(long sourceRows, long logRows, long bytes, Duration time, Basis basis) {
    /** This and another one; the weaker basis counts. */
    public Cost plus(Cost other) {
      return new Cost(
          sourceRows + other.sourceRows,
          logRows + other.logRows,
          bytes + other.bytes,
          time.plus(other.time),
          basis instanceof Basis.Sample ? basis : other.basis);
    }
  }

  /** Where an estimate comes from. */
  public sealed interface Basis {
    /** So many runs of this view that were alike. */
    record PastRuns(int runs) implements Basis {}

    /** The rows of one entity in so many were computed and written to a file that is gone again. */
    record Sample(int oneIn) implements Basis {}
  }
}
