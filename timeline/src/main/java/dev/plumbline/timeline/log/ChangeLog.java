package dev.plumbline.timeline.log;

import dev.plumbline.timeline.Event;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.run.PlannedRun;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a run adds to the log of a view, for one entity at a time. Immutable; entities can be
 * written by many threads.
 */
public sealed interface ChangeLog extends Serializable permits WindowedChangeLog, RowViewChangeLog {
  /**
   * The least event time that matters to {@code run}: a source filtered by it gives the same rows.
   */
  long firstEventTime(PlannedRun run);

  /**
   * Hands the rows of {@code run} for one entity to {@code out}, in order of time.
   *
   * @param events of the entity, in any order; none if it vanished from the source
   * @param log its committed rows, in any order
   */
  void write(
      PlannedRun run, List<Event> events, Collection<FeatureRow> log, Consumer<FeatureRow> out);
}
