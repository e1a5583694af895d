package dev.plumbline.offline;

import static org.apache.spark.sql.functions.col;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.DefinitionLoader;
import dev.plumbline.offline.log.BucketedRows;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.offline.log.KeyBuckets;
import dev.plumbline.offline.log.LogSchema;
import dev.plumbline.offline.log.StagedRun;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Run;
import dev.plumbline.type.Field;
import dev.plumbline.type.Micros;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** A view of two features of an account, whose log a test writes itself, run by run. */
public final class SpendLog {
  /** What all versions of the view share. */
  public static final String SHARED =
      """
      entity: account
      keys: [{name: id, type: bigint}]
      ---
      source: payments
      format: parquet
      path: unused
      event_time: at
      columns: [{name: id, type: bigint}, {name: at, type: timestamp}, {name: amount, type: double}]
      """;

  /** The document of one version. */
  public static final String VIEW =
      """
      feature_view: spend
      version: %d
      entity: account
      source: payments
      keys: {id: id}
      every: 1h
      features:
        - {name: total, expr: sum(amount), window: 2h}
        - {name: payments, expr: count(*), window: 2h}
      """;

  private final Warehouse warehouse;
  private final FeatureView view;
  private final FeatureTable table;
  private final List<Run> runs = new ArrayList<>();

  /** The log of this version of the view, in tables of this warehouse; others share nothing. */
  public SpendLog(Warehouse warehouse, int version) {
    this.warehouse = warehouse;
    Revision revision =
        new DefinitionLoader("bank")
            .load(new TreeMap<>(Map.of("bank.yaml", SHARED + "---\n" + VIEW.formatted(version))));
    this.view = revision.view(new ViewId("spend", version));
    this.table = warehouse.table(view, revision.entity("account"));
    table.create();
  }

  public FeatureView view() {
    return view;
  }

  public FeatureTable table() {
    return table;
  }

  /** Its runs up to the one of this stamp, each of a refresh of its own. */
  public Ledger runs(long stamp) {
    return new Ledger(view.timing(), runs.stream().filter(run -> run.stamp() <= stamp).toList());
  }

  /**
   * A row to write.
   *
   * @param total null: a tombstone
   */
  public record Line(long id, long eventTime, long availableAt, @Nullable Double total) {}

  /** Commits these as the rows of one run. */
  public void commit(long stamp, List<Line> lines) {
    List<Row> rows = lines.stream().map(line -> row(stamp, line)).toList();
    commit(stamp, warehouse.spark().createDataFrame(rows, table.schema().struct()));
  }

  private Row row(long stamp, Line line) {
    List<@Nullable Object> columns =
        new ArrayList<>(
            List.of(
                line.id(),
                Micros.instant(line.eventTime()),
                Micros.instant(line.availableAt()),
                Micros.instant(stamp),
                line.total() == null));
    for (Field feature : view.fields()) {
      if (line.total() == null || feature.name().equals("total")) {
        columns.add(line.total());
      } else {
        columns.add(1L);
      }
    }
    columns.add(0);
    return RowFactory.create(columns.toArray());
  }

  /** Commits these as the rows of one run; their buckets are computed. */
  public void commit(long stamp, Dataset<Row> rows) {
    Dataset<Row> bucketed = rows.withColumn(LogSchema.BUCKET, KeyBuckets.of(List.of(col("id"))));
    StagedRun run = table.stage(stamp);
    run.write(BucketedRows.moved(bucketed));
    run.commit();
    runs.add(new Run(stamp, Run.Kind.LIVE, stamp, stamp, OptionalLong.of(stamp), true));
  }
}
