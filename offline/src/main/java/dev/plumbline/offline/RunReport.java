package dev.plumbline.offline;

import dev.plumbline.definition.ViewId;
import dev.plumbline.timeline.Marker;
import dev.plumbline.timeline.run.PlannedRun;

/** What was done to a view. */
public sealed interface RunReport {
  ViewId view();

  /**
   * Rows were computed and committed.
   *
   * @param rows written to the table
   * @param withoutKey source rows passed over because they name no entity
   */
  record Materialized(ViewId view, PlannedRun run, long rows, long withoutKey)
      implements RunReport {}

  /**
   * The online store shows the last run.
   *
   * @param records sent to the store
   * @param written of those, what it did not have yet
   */
  record Published(ViewId view, Marker marker, long records, long written) implements RunReport {}
}
