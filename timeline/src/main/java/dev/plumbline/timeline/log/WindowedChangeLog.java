package dev.plumbline.timeline.log;

import dev.plumbline.timeline.Event;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.timeline.ViewTiming;
import dev.plumbline.timeline.run.PlannedRun;
import dev.plumbline.timeline.window.ArrivalCut;
import dev.plumbline.timeline.window.WindowSweep;
import dev.plumbline.timeline.window.WindowedFeature;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run adds to the log of a windowed view, for one entity at a time. After it, at each of the
 * run's refreshes, the newest row says what the windows hold; a row is written only where that is
 * not so already. Immutable; entities can be written by many threads.
 */
public final class WindowedChangeLog implements ChangeLog {
  private static final long serialVersionUID = 1;

  private final long lag;
  private final WindowSweep sweep;

  public WindowedChangeLog(ViewTiming timing, List<WindowedFeature> features) {
    this.lag = timing.lag();
    this.sweep = new WindowSweep(timing.grid(), features);
  }

  /**
   * The least event time that matters to {@code run}: a source filtered by it gives the same rows.
   */
  @Override
  public long firstEventTime(PlannedRun run) {
    return sweep.firstEventTime(run.from());
  }

  /**
   * Hands the rows of {@code run} for one entity to {@code out}, and the values of its newest
   * refresh.
   *
   * @param events of the entity, in any order; none if it vanished from the source
   * @param log its committed rows, in any order; those before the newest at the run's first refresh
   *     may be left out
   * @throws dev.plumbline.timeline.window.AggregateException if a value does not fit its type
   */
  @Override
  public void write(PlannedRun run, List<Event> events, Collection<FeatureRow> log, Output out) {
    Writing writing = new Writing(run, new EntityLog(log, time -> countsFrom(run, time)), out);
    sweep.sweep(
        events,
        run.from(),
        run.refresh(),
        arrivalCut(run),
        (refresh, values) -> {
          writing.settleBefore(refresh);
          writing.settle(refresh, values);
        });
    writing.settleBefore(run.refresh() + 1);
    writing.end();
  }

  private static ArrivalCut arrivalCut(PlannedRun run) {
    return run instanceof PlannedRun.Live
        ? new ArrivalCut.At(run.refresh())
        : new ArrivalCut.AtEachRefresh();
  }

  /** The first refresh whose comparison takes a row of the log into account. */
  private long countsFrom(PlannedRun run, RowTime time) {
    long counts =
        run instanceof PlannedRun.Live
            ? time.eventTime()
            : Math.max(time.eventTime(), time.availableAt() - lag);
    return Math.max(counts, run.from());
  }

  /** One entity's log as it grows. */
  private final class Writing {
    private final PlannedRun run;
    private final EntityLog log;
    private final Output out;
    private @Nullable List<@Nullable Object> current;

    Writing(PlannedRun run, EntityLog log, Output out) {
      this.run = run;
      this.log = log;
      this.out = out;
    }

    /** The log may say something new at a refresh at which the windows do not change. */
    void settleBefore(long refresh) {
      while (log.nextChange() < refresh) {
        settle(log.nextChange(), current);
      }
    }

    void settle(long refresh, @Nullable List<@Nullable Object> values) {
      current = values;
      log.advanceTo(refresh);
      if (!log.says(values)) {
        long plannedFor = run instanceof PlannedRun.Live ? run.refresh() : refresh;
        RowTime time = new RowTime(refresh, plannedFor + lag, run.stamp());
        FeatureRow row = new FeatureRow(time, values);
        log.add(row);
        out.write(row);
      }
    }

    void end() {
      if (current != null) {
        out.alive(current);
      }
    }
  }
}
