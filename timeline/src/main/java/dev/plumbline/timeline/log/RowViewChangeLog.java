package dev.plumbline.timeline.log;

import dev.plumbline.timeline.Event;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Grid;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.timeline.ViewTiming;
import dev.plumbline.timeline.run.PlannedRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run adds to the log of a row view, for one entity at a time. After it, the log has for
 * each event time the values of the greatest source row of that time that the run sees, or a
 * tombstone if the source has none any more; nothing is written that the log says already.
 * Immutable; entities can be written by many threads.
 *
 * <p>A backfill plans each row for the first refresh that sees it, be that before its own first
 * one; a live run plans its rows for its own refresh.
 */
public final class RowViewChangeLog implements ChangeLog {
  private static final long serialVersionUID = 1;

  private static final long NEVER = Long.MAX_VALUE;

  private final long lag;
  private final Grid grid;

  public RowViewChangeLog(ViewTiming timing) {
    this.lag = timing.lag();
    this.grid = timing.grid();
  }

  /**
   * The least event time that matters to {@code run}: a source filtered by it gives the same rows.
   */
  @Override
  public long firstEventTime(PlannedRun run) {
    return run instanceof PlannedRun.Live live ? live.from() : PlannedRun.Live.EVERYTHING;
  }

  /**
   * Hands the rows of {@code run} for one entity to {@code out}, and each source row that it sees.
   *
   * @param events of the entity, whose inputs are the values of its features, in any order; none if
   *     it vanished from the source
   * @param log its committed rows, in any order; with a lookback those of earlier event times may
   *     be left out
   */
  @Override
  public void write(PlannedRun run, List<Event> events, Collection<FeatureRow> log, Output out) {
    NavigableMap<Long, Moment> moments = new TreeMap<>();
    for (Event event : events) {
      if (seenAt(run, event) != NEVER) {
        moments.computeIfAbsent(event.eventTime(), time -> new Moment()).events.add(event);
      }
    }
    for (FeatureRow row : log) {
      if (countsFrom(run, row.time()) != NEVER) {
        moments.computeIfAbsent(row.time().eventTime(), time -> new Moment()).log.add(row);
      }
    }
    moments.forEach((eventTime, moment) -> write(run, eventTime, moment, out));
  }

  /** What source and log know of one event time. */
  private static final class Moment {
    private final List<Event> events = new ArrayList<>(1);
    private final List<FeatureRow> log = new ArrayList<>(1);
  }

  private void write(PlannedRun run, long eventTime, Moment moment, Output out) {
    EntityLog log = new EntityLog(moment.log, time -> countsFrom(run, time));
    List<Event> events = moment.events.stream().sorted().toList();
    @Nullable Event greatest = null;
    int next = 0;
    while (next < events.size() || log.nextChange() != NEVER) {
      long seen = next < events.size() ? seenAt(run, events.get(next)) : NEVER;
      long refresh = Math.min(seen, log.nextChange());
      for (; next < events.size() && seenAt(run, events.get(next)) == refresh; next++) {
        greatest = events.get(next);
        out.sees(greatest);
      }
      log.advanceTo(refresh);
      List<@Nullable Object> values = greatest == null ? null : listOf(greatest);
      if (!log.says(values)) {
        FeatureRow row = new FeatureRow(new RowTime(eventTime, refresh + lag, run.stamp()), values);
        log.add(row);
        out.write(row);
      }
    }
  }

  private static List<@Nullable Object> listOf(Event event) {
    return new ArrayList<>(event.inputs());
  }

  /** The refresh of {@code run} for which a source row is planned. */
  private long seenAt(PlannedRun run, Event event) {
    if (event.seenAfter() >= run.refresh() || event.eventTime() < firstEventTime(run)) {
      return NEVER;
    }
    return run instanceof PlannedRun.Live ? run.refresh() : grid.after(event.seenAfter());
  }

  /** The refresh of {@code run} at which a row of the log is first compared. */
  private long countsFrom(PlannedRun run, RowTime time) {
    if (time.eventTime() < firstEventTime(run) || time.eventTime() >= run.refresh()) {
      return NEVER;
    }
    return run instanceof PlannedRun.Live ? run.refresh() : time.availableAt() - lag;
  }
}
