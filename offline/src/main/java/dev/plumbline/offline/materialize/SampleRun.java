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
import dev.plumbline.offline.log.ParquetSize;
import dev.plumbline.offline.log.RowKeys;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.log.ChangeLog;
import dev.plumbline.timeline.run.PlannedRun;
import java.time.Duration;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.LongAccumulator;

/**
 * Computes what a run would write for some entities, and how large the files would be. The entities
 * are chosen by a hash of their keys, evenly over the buckets, and are the same each time.
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
    try {
      long began = ticker.nanos();
      ParquetSize size =
          ParquetSize.of(
              warehouse.table(view, entity).schema(), rows(view, entity, source, run, runs, oneIn));
      return new Measured(size.rows(), size.bytes(), ticker.since(began));
    } catch (Exception e) { // Scala throws checked ones too
      throw sources.explained(source, e);
    }
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

  /** Whether the entity with these keys is one of those: one in so many. */
  static Column isChosen(List<Column> keys, int oneIn) {
    if (keys.isEmpty() || oneIn == 1) {
      return lit(true);
    }
    Column hash = shiftrightunsigned(xxhash64(keys.toArray(Column[]::new)), SHIFT);
    return pmod(hash, lit((long) oneIn)).equalTo(lit(0L));
  }
}
