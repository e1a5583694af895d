package dev.plumbline.offline.materialize;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.timeline.Event;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.log.RowViewChangeLog;
import dev.plumbline.timeline.log.WindowedChangeLog;
import dev.plumbline.timeline.run.PlannedRun;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** The change log of either shape of view. */
interface ChangeLogWriter extends Serializable {
  /** The least event time that matters to the run. */
  long firstEventTime(PlannedRun run);

  void write(
      PlannedRun run, List<Event> events, Collection<FeatureRow> log, Consumer<FeatureRow> out);

  static ChangeLogWriter of(FeatureView view, ViewInputs inputs) {
    return view.isWindowed()
        ? new Windowed(new WindowedChangeLog(view.timing(), inputs.windowed()))
        : new Latest(new RowViewChangeLog(view.timing()));
  }

  /** Of a windowed view. */
  record Windowed(WindowedChangeLog changes) implements ChangeLogWriter {
    @Override
    public long firstEventTime(PlannedRun run) {
      return changes.firstEventTime(run);
    }

    @Override
    public void write(
        PlannedRun run, List<Event> events, Collection<FeatureRow> log, Consumer<FeatureRow> out) {
      changes.write(run, events, log, out);
    }
  }

  /** Of a row view. */
  record Latest(RowViewChangeLog changes) implements ChangeLogWriter {
    @Override
    public long firstEventTime(PlannedRun run) {
      return changes.firstEventTime(run);
    }

    @Override
    public void write(
        PlannedRun run, List<Event> events, Collection<FeatureRow> log, Consumer<FeatureRow> out) {
      changes.write(run, events, log, out);
    }
  }
}
