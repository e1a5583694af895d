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

  /**
   * The records of the online store were compared with the log.
   *
   * @param differences that there were
   */
  record Repaired(ViewId view, Outcome outcome, RecordDifferences differences)
      implements RunReport {
    /** What became of the differences. */
    public enum Outcome {
      MENDED,
      /** Nothing; they were to be counted. */
      COMPARED,
      /** Nothing; the store does not show the last run, and some may be what it has to publish. */
      COMPARED_UNPUBLISHED
    }
  }

  /**
   * The tables of a view were tidied up; their rows are what they were.
   *
   * @param before the files of the log
   * @param after the same afterwards; as before if nothing was done
   * @param rewritten files that were, or are to be, put together
   * @param snapshots that were, or are to be, forgotten
   * @param orphans files of no snapshot that were, or are to be, removed
   * @param contentHash of all rows, before and after
   */
  record Maintained(
      ViewId view,
      Execution execution,
      Files before,
      Files after,
      long rewritten,
      long snapshots,
      long orphans,
      String contentHash)
      implements RunReport {
    /** Whether it was done. */
    public enum Execution {
      DONE,
      PLANNED
    }

    /** How many data files there are, and how long they are together. */
    public record Files(long count, long bytes) {}
  }
}
