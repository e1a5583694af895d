package dev.plumbline.offline.log;

import dev.plumbline.failure.ConflictException;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The rows of one run before they are part of the log: on a branch of the table that begins where
 * the run has read it. Committing moves the log on to the end of the branch, which fails if
 * anything else was committed meanwhile, or if the branch was discarded by whoever took over.
 */
public final class StagedRun {
  /** Names in a snapshot's summary the run whose rows it added. */
  private static final String RUN = "plumbline.run";

  private static final String PREFIX = "run_";

  /** An age that only a branch has that we have begun; it never expires by it. */
  private static final long OURS = Long.MAX_VALUE;

  private final BucketedTable table;
  private final String branch;
  private final long stamp;

  /** The snapshot of the log that the run has read. */
  private final long base;

  private StagedRun(BucketedTable table, String branch, long stamp, long base) {
    this.table = table;
    this.branch = branch;
    this.stamp = stamp;
    this.base = base;
  }

  static StagedRun begin(BucketedTable table, long stamp) {
    // No two attempts share a name: one that was given up must not find its branch again.
    String branch = PREFIX + stamp + "_" + UUID.randomUUID();
    Table iceberg = table.iceberg();
    if (iceberg.currentSnapshot() == null) {
      iceberg.newFastAppend().commit(); // a branch needs a place to begin at
    }
    long base = iceberg.currentSnapshot().snapshotId();
    iceberg.manageSnapshots().createBranch(branch, base).setMaxRefAgeMs(branch, OURS).commit();
    return new StagedRun(table, branch, stamp, base);
  }

  static void discardAll(BucketedTable table) {
    Table iceberg = table.iceberg();
    ManageSnapshots change = iceberg.manageSnapshots();
    boolean found = false;
    for (Map.Entry<String, SnapshotRef> ref : iceberg.refs().entrySet()) {
      if (ref.getValue().isBranch() && ref.getKey().startsWith(PREFIX)) {
        change = change.removeBranch(ref.getKey());
        found = true;
      }
    }
    if (found) {
      change.commit();
    }
  }

  /**
   * Writes the rows of the run; returns how many.
   *
   * @param rows of {@link LogSchema#struct}, partition i holding bucket i
   */
  public long write(JavaRDD<InternalRow> rows) {
    return table.append(branch, rows, Map.of(RUN, String.valueOf(stamp)));
  }

  /**
   * Makes the rows part of the log.
   *
   * @throws ConflictException if the log is no longer what the run has read
   */
  public void commit() {
    Table iceberg = table.iceberg();
    if (iceberg.currentSnapshot().snapshotId() != base || !isOurs(iceberg)) {
      throw overtaken();
    }
    try {
      iceberg
          .manageSnapshots()
          .fastForwardBranch(SnapshotRef.MAIN_BRANCH, branch)
          .removeBranch(branch)
          .commit();
    } catch (IllegalArgumentException | CommitFailedException e) {
      // "not an ancestor" or "no branch"; or both were so until a moment ago
      throw overtaken();
    }
  }

  /**
   * Whether the branch is the one that this run has begun. Iceberg makes a branch anew, where the
   * log ends, for a write that finds it removed: the rows of a run that was given up would then
   * stand behind those of whoever took over.
   */
  private boolean isOurs(Table iceberg) {
    SnapshotRef ref = iceberg.refs().get(branch);
    return ref != null
        && Objects.equals(ref.maxRefAgeMs(), OURS)
        && Objects.equals(iceberg.snapshot(ref.snapshotId()).parentId(), base);
  }

  private ConflictException overtaken() {
    return new ConflictException(
        "the log %s was changed by somebody else since run %d has read it; nothing was committed, run again"
            .formatted(table.name(), stamp));
  }

  /** The run whose rows a snapshot added; empty if it is of another kind. */
  static OptionalLong stamp(Snapshot snapshot) {
    String stamp = snapshot.summary().get(RUN);
    return stamp == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(stamp));
  }

  /** How many rows a snapshot added. */
  static long rows(Snapshot snapshot) {
    return Long.parseLong(snapshot.summary().getOrDefault(SnapshotSummary.ADDED_RECORDS_PROP, "0"));
  }

  /** Gives the rows up. The log is as it was. */
  public void discard() {
    if (table.iceberg().refs().containsKey(branch)) {
      table.iceberg().manageSnapshots().removeBranch(branch).commit();
    }
  }
}
