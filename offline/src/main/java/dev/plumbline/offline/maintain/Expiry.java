package dev.plumbline.offline.maintain;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.DeleteOrphanFiles;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;

/**
 * Forgets snapshots that nobody can be reading any more, with the files that only they have, and
 * removes files that no snapshot has.
 *
 * <p>What counts is when a snapshot was replaced, not when it was made: a reader may have begun
 * with it just before that.
 */
final class Expiry {
  private final SparkSession spark;
  private final Table table;
  private final Instant readersBegan;
  private final int least;

  /**
   * Expiry of one table.
   *
   * @param readersBegan no reader that began before this still reads, by the machine's clock
   * @param least how many of the newest snapshots stay however old they are
   */
  Expiry(SparkSession spark, Table table, Instant readersBegan, int least) {
    this.spark = spark;
    this.table = table;
    this.readersBegan = readersBegan;
    this.least = least;
  }

  /** How many snapshots would be forgotten. */
  long plan() {
    return firstKept()
        .map(first -> table.expireSnapshots().expireOlderThan(first).retainLast(least).apply())
        .map(List::size)
        .orElse(0);
  }

  /**
   * Forgets them.
   *
   * @return how many
   */
  long run() {
    long snapshots = plan();
    if (snapshots > 0) {
      SparkActions.get(spark)
          .expireSnapshots(table)
          .expireOlderThan(firstKept().orElseThrow())
          .retainLast(least)
          .execute();
      table.refresh();
    }
    return snapshots;
  }

  /** When the snapshot was made that was the table when the oldest reader began. */
  private Optional<Long> firstKept() {
    return table.history().stream()
        .filter(entry -> entry.timestampMillis() <= readersBegan.toEpochMilli())
        .reduce((earlier, later) -> later)
        .map(HistoryEntry::snapshotId)
        .map(table::snapshot)
        .filter(Objects::nonNull)
        .map(snapshot -> snapshot.timestampMillis());
  }

  /** How many files of no snapshot would be removed. */
  long planOrphans() {
    return orphans().deleteWith(file -> {}).execute().orphanFilesCount();
  }

  /**
   * Removes them.
   *
   * @return how many
   */
  long removeOrphans() {
    return orphans().execute().orphanFilesCount();
  }

  private DeleteOrphanFiles orphans() {
    return SparkActions.get(spark).deleteOrphanFiles(table).olderThan(readersBegan.toEpochMilli());
  }
}
