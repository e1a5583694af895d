package dev.plumbline.offline;

import dev.plumbline.definition.ViewId;
import dev.plumbline.gate.GateVerdict;
import dev.plumbline.timeline.Marker;
import dev.plumbline.timeline.run.PlannedRun;
import java.util.List;

/** What was done to a view. */
public sealed interface RunReport {
  ViewId view();

  /**
   * Rows were computed and committed.
   *
   * @param rows written to the table
   * @param withoutKey source rows passed over because they name no entity
   * @param gates what was found of each expectation of the view, all of them met
   */
  record Materialized(
      ViewId view, PlannedRun run, long rows, long withoutKey, List<GateVerdict> gates)
      implements RunReport {
    public Materialized {
      gates = List.copyOf(gates);
    }
  }

  /**
   * Rows were computed and given up, since they are not what the view expects.
   *
   * @param gates what was found of each expectation, met or not
   */
  record GateFailed(ViewId view, PlannedRun run, List<GateVerdict> gates) implements RunReport {
    public GateFailed {
      gates = List.copyOf(gates);
    }
  }

  /**
   * The online store shows the last run.
   *
   * @param records sent to the store
   * @param written of those, what it did not have yet
   */
  record Published(ViewId view, Marker marker, long records, long written) implements RunReport {}
}
