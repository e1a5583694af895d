package dev.plumbline.offline.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.DefinitionLoader;
import dev.plumbline.gate.GateVerdict;
import dev.plumbline.offline.CommittedRows;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.RunReport;
import dev.plumbline.offline.SharedStores;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.offline.materialize.ViewRuns;
import dev.plumbline.offline.push.Publisher;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.registry.FileViewLocks;
import dev.plumbline.registry.LedgerEntry;
import dev.plumbline.registry.MetadataDatabase;
import dev.plumbline.registry.RevisionRegistry;
import dev.plumbline.registry.RunLedger;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineView;
import dev.plumbline.store.Reading;
import dev.plumbline.store.RedisOnlineStore;
import dev.plumbline.store.RedisSettings;
import dev.plumbline.store.local.EphemeralRedis;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Marker;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.ValueBytes;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose rows are not what their view expects, and the same once the source is mended. */
class GatesIT {
  private static final Instant FROM = Instant.parse("2026-03-01T09:00:00Z");
  private static final Instant BACKFILLED = Instant.parse("2026-03-01T10:07:00Z");
  private static final Instant LIVE = Instant.parse("2026-03-01T11:07:00Z");
  private static final long ACCOUNTS = 40;

  private static final String DEFINITIONS =
      """
      entity: account
      keys: [{name: id, type: bigint}]
      ---
      source: payments
      format: parquet
      path: unused
      event_time: at
      columns: [{name: id, type: bigint}, {name: at, type: timestamp}, {name: amount, type: double}]
      ---
      feature_view: counted
      version: 1
      entity: account
      source: payments
      keys: {id: id}
      every: 1h
      expect:
        - rows: {min: 40, max: 40}
        - freshness: 2h
      features: [{name: payments, expr: count(*), window: 30d}]
      ---
      feature_view: spend
      version: 1
      entity: account
      source: payments
      keys: {id: id}
      every: 1h
      expect:
        - range: {feature: total, min: 0}
        - nulls: {feature: total, max_share: 0.05}
      features: [{name: total, expr: sum(amount), window: 1d}]
      ---
      feature_view: last_payment
      version: 1
      entity: account
      source: payments
      keys: {id: id}
      every: 1h
      expect:
        - unique: key
        - rows: {min: 41}
      features: [{name: paid, expr: amount}]
      """;

  @TempDir static Path folder;
  private static Warehouse warehouse;
  private static EphemeralRedis redis;
  private static OnlineStore store;
  private static Revision revision;
  private static RunLedger ledger;
  private static RevisionRegistry registry;
  private static String good;

  @BeforeAll
  static void open() {
    MetadataDatabase database = MetadataDatabase.open(folder.resolve("metadata.db"));
    warehouse =
        Warehouse.local(
            "bank", "jdbc:sqlite:" + folder.resolve("metadata.db"), folder.resolve("warehouse"), 2);
    redis = EphemeralRedis.start();
    store =
        RedisOnlineStore.connect(redis.address(), RedisSettings.DEFAULT, InstantSource.fixed(FROM));
    revision = new DefinitionLoader("bank").load(new TreeMap<>(Map.of("bank.yaml", DEFINITIONS)));
    registry = new RevisionRegistry(database, "bank", InstantSource.fixed(FROM));
    registry.apply(revision);
    ledger = new RunLedger(database, "bank");
    good = source("good", payments(ACCOUNTS));
  }

  @AfterAll
  static void close() {
    store.close();
    redis.close();
    warehouse.close();
  }

  @Test
  void aFirstRunThatFailsLeavesNothing() {
    ViewId view = new ViewId("last_payment", 1);

    GateFailedException failure =
        catchThrowableOfType(
            GateFailedException.class,
            () -> runs(BACKFILLED, good).backfill(view, FROM, BACKFILLED));

    assertThat(failure)
        .hasMessage(
            """
            view 'last_payment@1' fails 1 of 2 expectations at the refresh 2026-03-01T10:00:00Z, so nothing was committed:
              rows: {min: 41}: 40 rows (expected: at least 41)
            mend the source, or change 'expect' and apply it; then run the same command again""");
    assertThat(State.of(view)).isEqualTo(State.NOTHING);
    String more = source("more", payments(ACCOUNTS + 1));
    assertThat(gates(runs(BACKFILLED, more).backfill(view, FROM, BACKFILLED)))
        .containsExactly(
            "rows: {min: 41}: 41 rows (expected: at least 41)",
            "unique: key: 0 of 41 (0.00 %) keys and event times have rows that differ (expected: none)");
    assertThat(ledger.entries(view)).hasSize(1);
  }

  @Test
  void aLiveRunThatFailsLeavesEverythingAsItWas() {
    ViewId view = new ViewId("spend", 1);
    runs(BACKFILLED, good).backfill(view, FROM, BACKFILLED);
    runs(BACKFILLED, good).advance(view, OptionalInt.empty());
    State before = State.of(view);
    List<Row> rows = payments(ACCOUNTS);
    rows.add(payment(7, "10:30", -1_000.0));
    rows.add(payment(23, "10:31", Double.NaN));
    rows.add(payment(99, "10:32", null));

    GateFailedException failure =
        catchThrowableOfType(
            GateFailedException.class,
            () -> runs(LIVE, source("bad", rows)).advance(view, OptionalInt.empty()));

    assertThat(failure)
        .hasMessage(
            """
            view 'spend@1' fails 1 of 2 expectations at the refresh 2026-03-01T11:00:00Z, so nothing was committed:
              range: {feature: total, min: 0.0}: 2 of 40 (5.00 %) lie outside 0.0 and up (expected: none)
                id  total
                7   -993.0
                23  NaN
            mend the source, or change 'expect' and apply it; then run the same command again""");
    assertThat(failure.report().gates())
        .extracting(GateVerdict::passed)
        .containsExactly(true, false);
    assertThat(State.of(view)).isEqualTo(before);
    rows.removeIf(row -> !row.isNullAt(2) && !(row.getDouble(2) >= 0));
    List<RunReport> mended = runs(LIVE, source("mended", rows)).advance(view, OptionalInt.empty());
    assertThat(gates(mended))
        .containsExactly(
            "nulls: {feature: total, max_share: 0.05}: 1 of 41 (2.44 %) are null (expected: at most 5 %)",
            "range: {feature: total, min: 0.0}: 0 of 40 (0.00 %) lie outside 0.0 and up (expected: none)");
    assertThat(State.of(view).heads()).hasSize((int) ACCOUNTS + 1);
  }

  @Test
  void aRunIsJudgedByAllThatItSeesAlsoIfNothingIsNew() {
    ViewId view = new ViewId("counted", 1);
    runs(BACKFILLED, good).backfill(view, FROM, BACKFILLED);
    runs(BACKFILLED, good).advance(view, OptionalInt.empty());

    List<RunReport> live = runs(LIVE, good).advance(view, OptionalInt.empty());

    assertThat(((RunReport.Materialized) live.get(0)).rows()).isZero();
    assertThat(gates(live))
        .containsExactly(
            "rows: {min: 40, max: 40}: 40 rows (expected: at least 40, at most 40)",
            "freshness: 2h: the newest source row, of 2026-03-01T09:40:00Z, is 1h20m old (expected: at most 2h)");
    Instant later = LIVE.plusSeconds(3_600);
    assertThat(
            catchThrowableOfType(
                GateFailedException.class,
                () -> runs(later, good).advance(view, OptionalInt.empty())))
        .hasMessageContaining(
            """
              freshness: 2h: the newest source row, of 2026-03-01T09:40:00Z, is 2h20m old (expected: at most 2h)
                id
                40
            """);
  }

  private static List<String> gates(List<RunReport> reports) {
    return reports.stream()
        .flatMap(
            report ->
                report instanceof RunReport.Materialized done
                    ? done.gates().stream().map(GateVerdict::toString)
                    : Stream.<String>empty())
        .toList();
  }

  /** Account n has paid n at n minutes past nine. */
  private static List<Row> payments(long accounts) {
    List<Row> rows = new ArrayList<>();
    for (long id = 1; id <= accounts; id++) {
      rows.add(payment(id, "09:%02d".formatted(id), (double) id));
    }
    return rows;
  }

  private static Row payment(long id, String at, @Nullable Double amount) {
    return RowFactory.create(id, Instant.parse("2026-03-01T" + at + ":00Z"), amount);
  }

  private static String source(String name, List<Row> rows) {
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType)
            .add("at", DataTypes.TimestampType)
            .add("amount", DataTypes.DoubleType);
    String place = folder.resolve(name).toString();
    warehouse.spark().createDataFrame(rows, schema).write().parquet(place);
    return place;
  }

  private static ViewRuns runs(Instant now, String place) {
    InstantSource clock = InstantSource.fixed(now);
    return new ViewRuns(
        revision,
        warehouse,
        new SourceReader(warehouse.spark(), source -> List.of(place)),
        ledger,
        new FileViewLocks(folder.resolve("locks"), clock),
        new Publisher("bank", store, SharedStores.of(store), ledger, registry, clock),
        clock,
        Progress.SILENT);
  }

  /** Everything that a run can leave behind; of branches, those beside the log itself. */
  private record State(
      List<LedgerEntry> ledger,
      Map<Bytes, List<FeatureRow>> table,
      List<String> branches,
      Optional<Marker> marker,
      Map<Bytes, FeatureRow> heads) {
    private static final State NOTHING =
        new State(List.of(), Map.of(), List.of(), Optional.empty(), Map.of());

    static State of(ViewId id) {
      FeatureView view = revision.view(id);
      FeatureTable table = warehouse.table(view, revision.entity("account"));
      OnlineView online =
          OnlineView.of(
              "bank",
              registry.shortId(id),
              "account",
              List.of(Primitive.BIGINT),
              view.fields(),
              view.timing());
      return new State(
          GatesIT.ledger.entries(id),
          CommittedRows.of(table),
          warehouse.spark().table(table.name() + ".refs").collectAsList().stream()
              .map(row -> row.getString(0))
              .filter(branch -> !branch.equals("main"))
              .toList(),
          store.marker(online),
          heads(online));
    }

    private static Map<Bytes, FeatureRow> heads(OnlineView view) {
      List<Bytes> entities =
          LongStream.rangeClosed(1, 100)
              .mapToObj(id -> ValueBytes.of(List.of(Primitive.BIGINT), List.of(id)))
              .toList();
      Reading reading =
          store
              .read(List.of(new OnlineStore.Lookup(view, entities)))
              .toCompletableFuture()
              .join()
              .get(0);
      Map<Bytes, FeatureRow> heads = new TreeMap<>();
      for (int i = 0; i < entities.size(); i++) {
        if (reading.records().get(i) instanceof Reading.Found.Present present) {
          heads.put(entities.get(i), present.row());
        }
      }
      return heads;
    }
  }
}
