package dev.plumbline.timeline.log;

import dev.plumbline.timeline.Event;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.run.PlannedRun;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run adds to the log of a view, for one entity at a time. Immutable; entities can be
 * written by many threads.
 */
public sealed interface ChangeLog extends Serializable permits WindowedChangeLog, RowViewChangeLog {
  /**
   * The least event time that matters to {@code run}: a source filtered by it gives the same rows.
   */
  long firstEventTime(PlannedRun run);

  /** Takes what a run has to say of one entity. */
  @FunctionalInterface
  interface Output {
    /** A row that the log needs. Rows come in order of time. */
    void write(FeatureRow row);

    /**
     * The newest refresh of the run finds the entity alive, with these values, whether or not they
     * are new. At most once, in a windowed view.
     */
    default void alive(List<@Nullable Object> values) {}

    /**
     * The newest refresh of the run sees this source row. In a row view, once for each; rows of one
     * event time come one after the other.
     */
    default void sees(Event row) {}
  }

  /**
   * Hands the rows of {@code run} for one entity to {@code out}, and what its newest refresh sees.
   *
   * @param events of the entity, in any order; none if it vanished from the source
   * @param log its committed rows, in any order
   */
  void write(PlannedRun run, List<Event> events, Collection<FeatureRow> log, Output out);
}
