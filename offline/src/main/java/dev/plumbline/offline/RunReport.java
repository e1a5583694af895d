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
   * Source rows that no feature saw.
   *
   * @param withoutKey those that name no entity, of the times that the run read
   * @param withoutTime those that have no event time, of the whole source
   * @param quarantined those that are not what the source declares, of the whole source
   */
  record PassedOver(long withoutKey, long withoutTime, long quarantined) {}

  /**
   * Rows were computed and committed.
   *
   * @param rows written to the table
   * @param gates what was found of each expectation of the view, all of them met
   */
  record Materialized(
      ViewId view, PlannedRun run, long rows, PassedOver passedOver, List<GateVerdict> gates)
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
