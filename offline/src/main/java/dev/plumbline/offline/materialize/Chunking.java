package dev.plumbline.offline.materialize;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Source;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.timeline.run.ChunkSize;
import dev.plumbline.timeline.run.PlannedRun;
import dev.plumbline.timeline.run.RemainingBackfill;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides how much of a backfill one run computes: what was asked for, else about {@link #ROWS}
 * source rows, for which those of a large source are counted.
 */
final class Chunking {
  /** So many rows take two cores about two minutes: what a kill may cost. */
  static final long ROWS = 50_000_000;

  /** A source of fewer bytes is not worth counting: it is one chunk. */
  static final long SMALL_BYTES = 64L << 20;

  private final SourceReader sources;
  private final long rows;
  private final long smallBytes;

  Chunking(SourceReader sources) {
    this(sources, ROWS, SMALL_BYTES);
  }

  Chunking(SourceReader sources, long rows, long smallBytes) {
    this.sources = sources;
    this.rows = rows;
    this.smallBytes = smallBytes;
  }

  ChunkSize size(
      FeatureView view, Source source, RemainingBackfill rest, Optional<Duration> asked) {
    if (asked.isPresent()) {
      return new ChunkSize.Lasting(view.timing().grid(), asked.get());
    }
    boolean one = rest.from() == rest.asked().last();
    SourceTimes times = new SourceTimes(sources, source);
    return one || times.bytes() < smallBytes
        ? new ChunkSize.Whole()
        : holding(view, source, rest, times);
  }

  private ChunkSize.Holding holding(
      FeatureView view, Source source, RemainingBackfill rest, SourceTimes times) {
    PlannedRun whole = new PlannedRun.Backfill(0, rest.from(), rest.asked().last());
    long reach = reach(view, source, whole);
    long oldest = reach == Long.MAX_VALUE ? rest.from() : rest.from() - reach;
    return new ChunkSize.Holding(
        view.timing().grid(),
        times.count(oldest, rest.asked().last(), view.timing().grid()),
        reach,
        rows);
  }

  /**
   * From the first refresh of a run back to the oldest row that it needs; {@code Long.MAX_VALUE}:
   * to the oldest of all.
   */
  static long reach(FeatureView view, Source source, PlannedRun run) {
    long oldest = ViewInputs.of(view, source).changeLog(view.timing()).firstEventTime(run);
    long first = run.opened().firstRefresh();
    return oldest < Long.MIN_VALUE / 2 ? Long.MAX_VALUE : first - oldest;
  }
}
