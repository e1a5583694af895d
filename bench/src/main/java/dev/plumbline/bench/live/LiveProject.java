package dev.plumbline.bench.live;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.timestamp_micros;

import dev.plumbline.bench.measure.DisagreementException;
import dev.plumbline.bench.project.BenchProject;
import dev.plumbline.definition.Revision;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.RunReport;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.offline.log.LogSchema;
import dev.plumbline.offline.log.StagedRun;
import dev.plumbline.registry.RunLedger;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineStores;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.timeline.run.PlannedRun;
import dev.plumbline.type.Micros;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A project with one live view, and a past that is made faster than it would have passed. */
final class LiveProject {
  private static final int HOURS_IN_A_FILE = 24;
  private static final long SEED_OF_BUCKETS = 42;

  private final BenchProject project;
  private final LiveEvents events;
  private final OnlineStore store;
  private final OnlineStores stores;
  private final Path data;
  private final Revision revision;
  private final FeatureTable table;
  private final RunLedger ledger;

  /** How many hours after the first event the last refresh was. */
  private int hours = LiveEvents.longestWindow();

  LiveProject(
      BenchProject project, LiveEvents events, OnlineStore store, OnlineStores stores, Path data) {
    this.project = project;
    this.events = events;
    this.store = store;
    this.stores = stores;
    this.data = data;
    this.revision = project.apply(LiveView.DEFINITIONS, clock());
    this.table = project.table(revision, LiveView.ID);
    this.ledger = project.ledger();
  }

  /** Writes the events of the longest window and of so many hours after it, a day to a file. */
  void writeEvents(int hoursAfter) {
    LiveEvents all = events;
    int days = (hours + hoursAfter) / HOURS_IN_A_FILE + 1;
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType)
            .add("micros", DataTypes.LongType)
            .add("v", DataTypes.LongType);
    var rows =
        project
            .spark()
            .range(0, (long) days * HOURS_IN_A_FILE * events.perHour(), 1, days)
            .toJavaRDD()
            .map(n -> RowFactory.create(all.key(n), all.at(n), all.value(n)));
    project
        .spark()
        .createDataFrame(rows, schema)
        .select(col("id"), timestamp_micros(col("micros")).as("at"), col("v"))
        .write()
        .parquet(data.toString());
  }

  /** Backfills the first refresh, in which every entity has a row, and publishes it. */
  void goLive() {
    Instant first = Micros.instant(LiveEvents.refresh(hours));
    var runs = project.runs(revision, data, store, stores, clock(), Progress.SILENT);
    runs.backfill(LiveView.ID, first, first);
    runs.advance(LiveView.ID, OptionalInt.empty());
  }

  /**
   * Goes on by an hour through the table's writer and the ledger: rows and entry are those that a
   * live run would have left, but nobody computes or publishes them.
   */
  void pass() {
    hours++;
    long refresh = LiveEvents.refresh(hours);
    PlannedRun.Live run =
        new PlannedRun.Live(ledger.nextStamp(LiveView.ID, refresh), refresh, refresh);
    ledger.open(LiveView.ID, run.opened());
    StagedRun staged = table.stage(run.stamp());
    long rows =
        staged.write(
            new JavaSparkContext(project.spark().sparkContext())
                .parallelize(buckets(run), FeatureTable.BUCKETS)
                .flatMap(List::iterator));
    staged.commit();
    ledger.committed(LiveView.ID, run.stamp(), rows);
    ledger.published(LiveView.ID, run.stamp(), refresh);
  }

  private List<List<InternalRow>> buckets(PlannedRun.Live run) {
    LogSchema schema = table.schema();
    RowTime time = new RowTime(run.refresh(), run.refresh(), run.stamp());
    List<List<InternalRow>> buckets = new ArrayList<>();
    IntStream.range(0, FeatureTable.BUCKETS).forEach(i -> buckets.add(new ArrayList<>()));
    events
        .changes(hours)
        .forEach(
            (key, values) -> {
              int bucket =
                  Math.floorMod(XXH64.hashLong(key, SEED_OF_BUCKETS), FeatureTable.BUCKETS);
              InternalRow keyed = new GenericInternalRow(new Object[] {key});
              buckets.get(bucket).add(schema.tableRow(keyed, new FeatureRow(time, values), bucket));
            });
    return buckets;
  }

  /**
   * The next hour's live run, as {@code plumb materialize} does it: computed from the source,
   * committed, published.
   */
  LiveRun advance() {
    hours++;
    LiveRun.Phases phases = new LiveRun.Phases();
    List<RunReport> reports =
        project
            .runs(revision, data, store, stores, clock(), phases)
            .advance(LiveView.ID, OptionalInt.empty());
    return phases.ended(reports);
  }

  /**
   * Compares the rows of the last run with what the events say; returns a checksum of them.
   *
   * @throws DisagreementException if they are others
   */
  long check(LiveRun run) {
    Map<Long, @Nullable List<@Nullable Object>> wanted = new HashMap<>(events.changes(hours));
    Map<Long, @Nullable List<@Nullable Object>> written = new HashMap<>();
    LogSchema schema = table.schema();
    for (InternalRow row :
        table.rows(run.stamp() - 1, run.stamp()).queryExecution().executedPlan().executeCollect()) {
      written.put(row.getLong(0), schema.featureRow(row).values());
    }
    if (run.rows() != wanted.size() || !written.equals(wanted)) {
      throw new DisagreementException(
          "the live run of %s wrote %,d rows, and the log tells of %,d changed entities (expected: %,d, with the values that the events say); either the run or the past before it is wrong"
              .formatted(
                  Micros.instant(LiveEvents.refresh(hours)),
                  run.rows(),
                  written.size(),
                  wanted.size()));
    }
    return written.entrySet().stream().mapToLong(row -> mixed(row.hashCode(), hours)).sum();
  }

  private static long mixed(int hash, int hours) {
    return XXH64.hashLong(hash, hours);
  }

  /** The live runs of the view so far. */
  int liveRuns() {
    return hours - LiveEvents.longestWindow();
  }

  private InstantSource clock() {
    return InstantSource.fixed(Micros.instant(LiveEvents.refresh(hours)));
  }
}
