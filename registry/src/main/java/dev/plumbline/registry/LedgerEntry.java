package dev.plumbline.registry;

import dev.plumbline.timeline.Run;
import java.util.OptionalLong;

/**
 * A run as the ledger keeps it, from before its first row to after its push.
 *
 * @param rows how many it wrote; absent while it has not committed
 */
public record LedgerEntry(Run run, Phase phase, OptionalLong rows) {
  /** How far a run has come. A run killed in one of them is found in it again. */
  public enum Phase {
    /** It may be writing rows; whether they are in the table, the table knows. */
    OPEN,
    /** Its rows are in the table; a live run is to be pushed, or is being pushed. */
    COMMITTED,
    /** Nothing remains to be done. */
    CLOSED
  }

  public boolean isFinished() {
    return phase == Phase.CLOSED;
  }
}
