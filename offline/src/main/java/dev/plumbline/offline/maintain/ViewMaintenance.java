package dev.plumbline.offline.maintain;

import dev.plumbline.definition.ViewId;
import dev.plumbline.offline.ContentHash;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.RunReport.Maintained;
import dev.plumbline.offline.RunReport.Maintained.Execution;
import dev.plumbline.offline.RunReport.Maintained.Files;
import dev.plumbline.offline.log.FeatureTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.spark.SparkReadOptions;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * Tidies up the tables of a view: compaction, expiry of snapshots, removal of orphans. No row
 * changes by it, which is checked; so datasets, which pin runs and not snapshots, can be built
 * again as they were. Killed anywhere it leaves a whole table, and can be run again.
 *
 * <p>The caller holds the view's lock, and what an earlier run left is settled: that is found out
 * from its snapshot.
 */
public final class ViewMaintenance {
  /** A table beside the log that can be made from it. */
  private static final String CACHE_SUFFIX = "__heads";

  private static final int LEAST_OF_LOG = 1;
  private static final int LEAST_OF_CACHE = 5;

  private final SparkSession spark;
  private final InstantSource machineClock;
  private final Duration keep;
  private final Progress progress;

  /**
   * Maintenance in one session.
   *
   * @param machineClock by which files and snapshots are dated, whatever the project's clock says
   * @param keep for how long a reader may go on with what it began with
   */
  public ViewMaintenance(
      SparkSession spark, InstantSource machineClock, Duration keep, Progress progress) {
    if (keep.isNegative()) {
      throw new IllegalArgumentException("keep: " + keep + " (expected: 0 or more)");
    }
    this.spark = spark;
    this.machineClock = machineClock;
    this.keep = keep;
    this.progress = progress;
  }

  /**
   * Does it; empty if the view has no rows yet.
   *
   * @param stillAlone throws if others may change the tables by now; asked each time before files
   *     are deleted
   */
  public Optional<Maintained> run(ViewId view, FeatureTable log, Runnable stillAlone) {
    if (!log.exists()) {
      return Optional.empty();
    }
    log.discardStaged(); // what they pin would stay for ever
    Table table = load(log.name());
    Files before = files(table);
    progress.at("hashing " + view);
    String hash = hash(log);
    progress.at("compacting " + view);
    long rewritten = compact(view, log, table, hash);
    Snapshot compacted = table.currentSnapshot();
    stillAlone.run();
    progress.at("expiring snapshots of " + view);
    Expiry expiry = expiry(table, LEAST_OF_LOG);
    long snapshots = expiry.run();
    stillAlone.run();
    progress.at("removing orphans of " + view);
    long orphans = expiry.removeOrphans();
    for (Table cache : caches(log)) {
      stillAlone.run();
      Expiry beside = expiry(cache, LEAST_OF_CACHE);
      snapshots += beside.run();
      orphans += beside.removeOrphans();
    }
    progress.at("hashing " + view);
    requireSame(view, hash, hashAt(log, compacted));
    return Optional.of(
        new Maintained(
            view,
            Execution.DONE,
            before,
            files(load(log.name())),
            rewritten,
            snapshots,
            orphans,
            hash));
  }

  /** What {@link #run} would do; nothing is changed. */
  public Optional<Maintained> plan(ViewId view, FeatureTable log) {
    if (!log.exists()) {
      return Optional.empty();
    }
    progress.at("looking at " + view);
    Table table = load(log.name());
    Files files = files(table);
    Expiry expiry = expiry(table, LEAST_OF_LOG);
    long snapshots = expiry.plan();
    long orphans = expiry.planOrphans();
    for (Table cache : caches(log)) {
      Expiry beside = expiry(cache, LEAST_OF_CACHE);
      snapshots += beside.plan();
      orphans += beside.planOrphans();
    }
    return Optional.of(
        new Maintained(
            view,
            Execution.PLANNED,
            files,
            files,
            new Compaction(spark, table).plan(),
            snapshots,
            orphans,
            hash(log)));
  }

  /** A compaction after which the rows are not the same is undone before any file is deleted. */
  private long compact(ViewId view, FeatureTable log, Table table, String hash) {
    if (table.currentSnapshot() == null) {
      return 0;
    }
    long before = table.currentSnapshot().snapshotId();
    long rewritten = new Compaction(spark, table).run(log.schema());
    table.refresh();
    if (table.currentSnapshot().dataManifests(table.io()).size() > 1) {
      SparkActions.get(spark).rewriteManifests(table).execute();
      table.refresh();
    }
    if (table.currentSnapshot().snapshotId() != before) {
      Snapshot compacted = table.currentSnapshot();
      String found = hashAt(log, compacted);
      if (!found.equals(hash)) {
        undo(table, compacted.snapshotId(), before);
      }
      requireSame(view, hash, found);
    }
    return rewritten;
  }

  /** What somebody has committed on top of it stays: a run is never taken back. */
  private static void undo(Table table, long compacted, long before) {
    table.refresh();
    if (table.currentSnapshot().snapshotId() == compacted) {
      table.manageSnapshots().rollbackTo(before).commit();
    }
  }

  private static void requireSame(ViewId view, String before, String after) {
    if (!before.equals(after)) {
      throw new IllegalStateException(
          "%s: maintenance changed its rows: content hash %s (expected: %s)"
              .formatted(view, after, before));
    }
  }

  private String hash(FeatureTable log) {
    return ContentHash.of(spark.table(log.name()));
  }

  /**
   * Of the rows at a snapshot.
   *
   * @param snapshot null: the table never had rows
   */
  private String hashAt(FeatureTable log, @Nullable Snapshot snapshot) {
    return snapshot == null
        ? hash(log)
        : ContentHash.of(
            spark
                .read()
                .option(SparkReadOptions.VERSION_AS_OF, snapshot.snapshotId())
                .table(log.name()));
  }

  private Expiry expiry(Table table, int least) {
    Instant readersBegan = machineClock.instant().minus(keep);
    return new Expiry(spark, table, readersBegan, least);
  }

  private List<Table> caches(FeatureTable log) {
    String name = log.name().substring(0, log.name().length() - 1) + CACHE_SUFFIX + "`";
    return spark.catalog().tableExists(name) ? List.of(load(name)) : List.of();
  }

  private static Files files(Table table) {
    long count = 0;
    long bytes = 0;
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        count++;
        bytes += task.file().fileSizeInBytes();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Files(count, bytes);
  }

  private Table load(String name) {
    try {
      return Objects.requireNonNull(Spark3Util.loadIcebergTable(spark, name), name);
    } catch (NoSuchTableException | ParseException e) {
      throw new IllegalStateException("table " + name + " is gone while it is maintained", e);
    }
  }
}
