package dev.plumbline.offline.materialize;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.xxhash64;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Source;
import dev.plumbline.expression.SparkTypes;
import dev.plumbline.offline.Ticker;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.log.BucketedRows;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.offline.log.KeyBuckets;
import dev.plumbline.offline.log.LogSchema;
import dev.plumbline.offline.log.RowKeys;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.log.ChangeLog;
import dev.plumbline.timeline.run.PlannedRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.LongAccumulator;

/**
 * Computes what a run would write for some entities, and writes it to a file that is gone again.
 * The entities are chosen by a hash of their keys, evenly over the buckets, and are the same each
 * time.
 */
final class SampleRun {
  /** The bits below choose the bucket. */
  private static final int SHIFT = 20;

  private final Warehouse warehouse;
  private final SourceReader sources;
  private final Ticker ticker;

  SampleRun(Warehouse warehouse, SourceReader sources, Ticker ticker) {
    this.warehouse = warehouse;
    this.sources = sources;
    this.ticker = ticker;
  }

  /** What came of it. */
  record Measured(long rows, long bytes, Duration took) {}

  /**
   * Computes {@code run} for one entity in {@code oneIn}.
   *
   * @param runs whose rows count
   */
  Measured compute(
      FeatureView view, Entity entity, Source source, PlannedRun run, Ledger runs, int oneIn) {
    Path folder = scratch();
    try {
      long began = ticker.nanos();
      String file = folder.resolve("rows").toString();
      LogSchema schema = warehouse.table(view, entity).schema();
      frame(schema, rows(view, entity, source, run, runs, oneIn))
          .write()
          .option("compression", "zstd")
          .parquet(file);
      Duration took = ticker.since(began);
      long rows = warehouse.spark().read().schema(schema.struct()).parquet(file).count();
      return new Measured(rows, size(folder), took);
    } catch (Exception e) { // Scala throws checked ones too
      throw sources.explained(source, e);
    } finally {
      delete(folder);
    }
  }

  private Dataset<Row> frame(LogSchema schema, JavaRDD<InternalRow> rows) {
    SparkSession spark = warehouse.spark();
    return ((org.apache.spark.sql.classic.SparkSession) spark)
        .internalCreateDataFrame(rows.rdd(), schema.struct(), false);
  }

  private JavaRDD<InternalRow> rows(
      FeatureView view, Entity entity, Source source, PlannedRun run, Ledger runs, int oneIn) {
    FeatureTable table = warehouse.table(view, entity);
    EventRows events = new EventRows(entity, view, source);
    ChangeLog changes = ViewInputs.of(view, source).changeLog(view.timing());
    LongAccumulator withoutKey = warehouse.spark().sparkContext().longAccumulator();
    BucketRun bucket = new BucketRun(table.schema(), events, changes, run, withoutKey, null);
    List<Column> keysInSource =
        entity.keys().stream()
            .map(
                key -> col("`" + view.keys().get(key.name()) + "`").cast(SparkTypes.of(key.type())))
            .toList();
    Dataset<Row> selected =
        events.select(
            sources.read(source).where(isChosen(keysInSource, oneIn)),
            changes.firstEventTime(run),
            run.refresh());
    return BucketedRows.movedByHash(selected).zipPartitions(log(table, runs, oneIn), bucket::rows);
  }

  private JavaRDD<InternalRow> log(FeatureTable table, Ledger runs, int oneIn) {
    if (runs.last().isEmpty()) {
      return BucketedRows.none(warehouse.spark());
    }
    List<Column> keys =
        table.schema().keys().stream().map(key -> col("`" + key.name() + "`")).toList();
    return BucketedRows.movedByHash(
        table
            .rowsUpTo(runs.last().get().stamp())
            .where(isChosen(keys, oneIn))
            .withColumn(RowKeys.HASH, KeyBuckets.hash(keys)));
  }

  private static Column isChosen(List<Column> keys, int oneIn) {
    if (keys.isEmpty() || oneIn == 1) {
      return lit(true);
    }
    Column hash = shiftrightunsigned(xxhash64(keys.toArray(Column[]::new)), SHIFT);
    return pmod(hash, lit((long) oneIn)).equalTo(lit(0L));
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("plumb-sample");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
