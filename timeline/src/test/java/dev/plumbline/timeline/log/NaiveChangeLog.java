package dev.plumbline.timeline.log;

import dev.plumbline.timeline.Event;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.timeline.ViewTiming;
import dev.plumbline.timeline.run.PlannedRun;
import dev.plumbline.timeline.window.NaiveWindows;
import dev.plumbline.timeline.window.WindowedFeature;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rows of a run from the definition: every refresh, every row of the log. Slow, obvious. */
public final class NaiveChangeLog {
  private final ViewTiming timing;
  private final List<WindowedFeature> features;

  public NaiveChangeLog(ViewTiming timing, List<WindowedFeature> features) {
    this.timing = timing;
    this.features = features;
  }

  /** The rows of a windowed view. */
  public List<FeatureRow> windowed(
      PlannedRun run, List<Event> events, Collection<FeatureRow> committed) {
    boolean live = run instanceof PlannedRun.Live;
    List<FeatureRow> log = new ArrayList<>(committed);
    List<FeatureRow> written = new ArrayList<>();
    for (long g : refreshes(run)) {
      long cut = live ? run.refresh() : g;
      long availableAt = cut + timing.lag();
      List<@Nullable Object> values = new NaiveWindows(features).values(events, g, cut);
      List<@Nullable Object> said =
          newest(
              log.stream()
                  .filter(row -> row.time().eventTime() <= g)
                  .filter(row -> live || row.time().availableAt() <= g + timing.lag())
                  .toList());
      if (!Objects.equals(values, said)) {
        written.add(new FeatureRow(new RowTime(g, availableAt, run.stamp()), values));
        log.add(written.get(written.size() - 1));
      }
    }
    return written;
  }

  /** What would be written if a run compared with its own value of the refresh before. */
  public List<FeatureRow> comparedWithPredecessor(
      PlannedRun run, List<Event> events, Collection<FeatureRow> committed) {
    boolean live = run instanceof PlannedRun.Live;
    List<Long> refreshes = refreshes(run);
    List<@Nullable Object> before =
        newest(committed.stream().filter(r -> r.time().eventTime() < refreshes.get(0)).toList());
    List<FeatureRow> written = new ArrayList<>();
    for (long g : refreshes) {
      long cut = live ? run.refresh() : g;
      List<@Nullable Object> values = new NaiveWindows(features).values(events, g, cut);
      if (!Objects.equals(values, before)) {
        written.add(new FeatureRow(new RowTime(g, cut + timing.lag(), run.stamp()), values));
      }
      before = values;
    }
    return written;
  }

  /** The rows of a row view. */
  public List<FeatureRow> rows(
      PlannedRun run, List<Event> events, Collection<FeatureRow> committed) {
    boolean live = run instanceof PlannedRun.Live;
    long least = run instanceof PlannedRun.Live bounded ? bounded.from() : Long.MIN_VALUE;
    TreeSet<Long> eventTimes = new TreeSet<>();
    events.forEach(event -> eventTimes.add(event.eventTime()));
    committed.forEach(row -> eventTimes.add(row.time().eventTime()));
    List<FeatureRow> written = new ArrayList<>();
    for (long eventTime : eventTimes.tailSet(least).headSet(run.refresh())) {
      List<FeatureRow> log =
          new ArrayList<>(
              committed.stream().filter(row -> row.time().eventTime() == eventTime).toList());
      long first = timing.grid().after(eventTime);
      for (long g = live ? run.refresh() : first; g <= run.refresh(); g += timing.grid().step()) {
        long refresh = g;
        List<@Nullable Object> values =
            events.stream()
                .filter(e -> e.eventTime() == eventTime && e.arrivalTime() < refresh)
                .max(Comparator.naturalOrder())
                .map(e -> (List<@Nullable Object>) new ArrayList<@Nullable Object>(e.inputs()))
                .orElse(null);
        List<@Nullable Object> said =
            newest(
                log.stream()
                    .filter(row -> live || row.time().availableAt() <= refresh + timing.lag())
                    .toList());
        if (!Objects.equals(values, said)) {
          RowTime time = new RowTime(eventTime, refresh + timing.lag(), run.stamp());
          written.add(new FeatureRow(time, values));
          log.add(written.get(written.size() - 1));
        }
      }
    }
    return written;
  }

  private List<Long> refreshes(PlannedRun run) {
    long from =
        run instanceof PlannedRun.Backfill backfill
            ? backfill.from()
            : ((PlannedRun.Live) run).from();
    List<Long> refreshes = new ArrayList<>();
    for (long g = from; g <= run.refresh(); g += timing.grid().step()) {
      refreshes.add(g);
    }
    return refreshes;
  }

  private static @Nullable List<@Nullable Object> newest(List<FeatureRow> rows) {
    return rows.stream()
        .max(Comparator.comparing(FeatureRow::time))
        .map(FeatureRow::values)
        .orElse(null);
  }
}
