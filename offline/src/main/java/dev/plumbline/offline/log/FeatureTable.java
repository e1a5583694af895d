package dev.plumbline.offline.log;

import static org.apache.spark.sql.functions.col;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.timeline.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The change log of one view version, an Iceberg table partitioned by the bucket of the key. Rows
 * are only ever appended, all rows of a run in one commit that names the run's stamp.
 */
public final class FeatureTable {
  /** How many buckets the keys of a table are spread over. */
  public static final int BUCKETS = 8;

  private final BucketedTable table;
  private final BucketedTable heads;

  /**
   * The table of a view; it may not exist yet.
   *
   * @param namespace quoted, the catalog included
   */
  public FeatureTable(SparkSession spark, String namespace, FeatureView view, Entity entity) {
    LogSchema schema = new LogSchema(entity, view);
    String name = String.format(Locale.ROOT, "%s__v%d", view.id().name(), view.id().version());
    this.table = new BucketedTable(spark, namespace + ".`" + name + "`", schema);
    this.heads = new BucketedTable(spark, namespace + ".`" + name + "__heads`", schema);
  }

  public String name() {
    return table.name();
  }

  public LogSchema schema() {
    return table.schema();
  }

  public boolean exists() {
    return table.exists();
  }

  /** Creates the table unless it is there. */
  public void create() {
    table.create();
  }

  /** How many rows the log has; 0 if there is no table. */
  public long rowCount() {
    return exists() ? table.rowCount() : 0;
  }

  /** Where the files of the log lie, and of what is kept beside it, as far as there are tables. */
  public List<String> folders() {
    return Stream.of(table, heads)
        .filter(BucketedTable::exists)
        .map(BucketedTable::folder)
        .toList();
  }

  /** Takes the log, and what is kept beside it, out of the catalog. Their files stay. */
  public void forget() {
    heads.forget();
    table.forget();
  }

  /**
   * The rows of runs stamped after {@code after} and up to {@code upTo}; files of other runs are
   * not read.
   *
   * @param after {@code Long.MIN_VALUE}: all runs up to {@code upTo}
   */
  public Dataset<Row> rows(long after, long upTo) {
    if (after == Long.MIN_VALUE) {
      return rowsUpTo(upTo);
    }
    return table
        .rows()
        .where(
            "%1$s > timestamp_micros(%2$dL) and %1$s <= timestamp_micros(%3$dL)"
                .formatted(LogSchema.CREATED_AT, after, upTo));
  }

  /** All rows of the runs up to this stamp. */
  public Dataset<Row> rowsUpTo(long stamp) {
    return table.rows().where("%s <= timestamp_micros(%dL)".formatted(LogSchema.CREATED_AT, stamp));
  }

  /**
   * {@link #rowsUpTo(long)} with only these features, by their positions in the view, in their
   * order; keys, times, tombstone and bucket stay.
   */
  public Dataset<Row> rowsUpTo(long stamp, List<Integer> features) {
    LogSchema schema = schema();
    List<String> names = List.of(schema.struct().fieldNames());
    List<Column> columns = new ArrayList<>();
    names.subList(0, schema.firstFeature()).forEach(name -> columns.add(col("`" + name + "`")));
    features.forEach(
        feature -> columns.add(col("`" + schema.features().get(feature).name() + "`")));
    columns.add(col(LogSchema.BUCKET));
    return rowsUpTo(stamp).select(columns.toArray(Column[]::new));
  }

  /**
   * The rows of these runs with {@code event_time >= from}, per bucket and sorted by {@link
   * RowKeys#HASH}.
   *
   * @param from {@code Long.MIN_VALUE}: all
   */
  public JavaRDD<InternalRow> eventsSince(long from, Ledger runs) {
    Dataset<Row> rows = rowsUpTo(runs.last().orElseThrow().stamp());
    return byHash(
        from == Long.MIN_VALUE
            ? rows
            : rows.where("%s >= timestamp_micros(%dL)".formatted(LogSchema.EVENT_TIME, from)));
  }

  JavaRDD<InternalRow> byHash(Dataset<Row> rows) {
    return table.byHash(rows);
  }

  /** The newest row of each entity, kept beside the log. The table exists. */
  public Heads heads() {
    return heads(Heads.KEEPING);
  }

  Heads heads(Heads.Keeping keeping) {
    return new Heads(this, table.id(), heads, keeping);
  }

  /**
   * Begins to write the run of this stamp. What earlier attempts have left behind is removed: from
   * now on they cannot commit.
   */
  public StagedRun stage(long stamp) {
    StagedRun.discardAll(table);
    return StagedRun.begin(table, stamp);
  }

  /** Writes another run at the same time, as nobody should who has no lock. */
  StagedRun stageBeside(long stamp) {
    return StagedRun.begin(table, stamp);
  }

  /** Removes what runs that were killed have written and not committed. */
  public void discardStaged() {
    StagedRun.discardAll(table);
  }

  /** How many rows the run of this stamp committed; empty if it committed none. */
  public OptionalLong committedRows(long stamp) {
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table.iceberg())) {
      OptionalLong run = StagedRun.stamp(snapshot);
      if (run.isPresent() && run.getAsLong() == stamp) {
        return OptionalLong.of(StagedRun.rows(snapshot));
      }
    }
    return OptionalLong.empty();
  }

  /**
   * How many rows the runs stamped after {@code after} and up to {@code upTo} committed, as far as
   * snapshots still tell.
   */
  long rowsAdded(long after, long upTo) {
    long rows = 0;
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table.iceberg())) {
      OptionalLong run = StagedRun.stamp(snapshot);
      if (run.isPresent() && run.getAsLong() <= after) {
        break;
      }
      if (run.isPresent() && run.getAsLong() <= upTo) {
        rows += StagedRun.rows(snapshot);
      }
    }
    return rows;
  }
}
