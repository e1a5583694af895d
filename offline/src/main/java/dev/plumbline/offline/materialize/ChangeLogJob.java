package dev.plumbline.offline.materialize;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Source;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.log.BucketedRows;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.timeline.log.ChangeLog;
import dev.plumbline.timeline.run.PlannedRun;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.util.LongAccumulator;

/**
 * Computes the rows of one run and commits them: the source is moved once, to the buckets of the
 * table.
 */
public final class ChangeLogJob {
  private final Warehouse warehouse;
  private final SourceReader sources;

  public ChangeLogJob(Warehouse warehouse, SourceReader sources) {
    this.warehouse = warehouse;
    this.sources = sources;
  }

  /**
   * What a run did.
   *
   * @param rows committed to the table
   * @param withoutKey source rows that were passed over because they name no entity
   */
  public record Committed(long rows, long withoutKey) {}

  /**
   * Commits the rows of {@code run} in one piece; nothing is committed if anything fails.
   *
   * @param position stamp of the last run whose rows count, smaller than that of {@code run};
   *     {@code Long.MIN_VALUE}: none
   * @throws dev.plumbline.offline.source.SourceMismatchException if the data is not what the source
   *     declares
   */
  public Committed commit(
      FeatureView view, Entity entity, Source source, PlannedRun run, long position) {
    FeatureTable table = warehouse.table(view, entity);
    table.create();
    EventRows events = new EventRows(entity, view, source);
    ChangeLog changes = ViewInputs.of(view, source).changeLog(view.timing());
    LongAccumulator withoutKey = warehouse.spark().sparkContext().longAccumulator();
    BucketRun bucket = new BucketRun(table.schema(), events, changes, run, withoutKey);
    try {
      Dataset<Row> selected =
          events.select(sources.read(source), changes.firstEventTime(run), run.refresh());
      JavaRDD<InternalRow> rows =
          BucketedRows.moved(selected, events.order())
              .zipPartitions(log(table, position), bucket::rows);
      table.append(rows.rdd(), run.stamp());
    } catch (Exception e) { // Scala throws checked ones too
      throw sources.explained(source, e);
    }
    return new Committed(table.committedRows(run.stamp()).orElse(0), withoutKey.value());
  }

  private JavaRDD<InternalRow> log(FeatureTable table, long position) {
    if (position == Long.MIN_VALUE) {
      return BucketedRows.none(warehouse.spark());
    }
    List<Column> keys =
        table.schema().keys().stream().map(key -> functions.col("`" + key.name() + "`")).toList();
    return BucketedRows.ofTable(
        table.rowsUpTo(position).sortWithinPartitions(keys.toArray(Column[]::new)));
  }
}
