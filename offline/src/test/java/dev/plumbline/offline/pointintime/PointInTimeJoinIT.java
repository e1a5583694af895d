package dev.plumbline.offline.pointintime;

import static dev.plumbline.timeline.Status.EXPIRED;
import static dev.plumbline.timeline.Status.MISSING;
import static dev.plumbline.timeline.Status.PRESENT;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.DefinitionLoader;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.log.BucketedRows;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.offline.log.KeyBuckets;
import dev.plumbline.offline.log.LogSchema;
import dev.plumbline.offline.log.StagedRun;
import dev.plumbline.timeline.AsOfRule;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.NaivePointInTime;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.Status;
import dev.plumbline.type.Micros;
import dev.plumbline.vector.PortablePlan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random labels and logs, against a look at every row for every label. */
class PointInTimeJoinIT {
  private static final long SECOND = 1_000_000;
  private static final long MAX_AGE = 20 * SECOND;

  private static final String DEFINITIONS =
      """
      entity: pair
      keys: [{name: a, type: int}, {name: b, type: int}]
      ---
      entity: world
      keys: []
      ---
      source: events
      format: parquet
      path: unused
      event_time: at
      columns: [{name: a, type: int}, {name: b, type: int}, {name: at, type: timestamp}, {name: x, type: bigint}]
      ---
      feature_view: windowed
      version: 1
      entity: pair
      source: events
      keys: {a: a, b: b}
      every: 10s
      availability_lag: 3s
      max_age: 20s
      features: [{name: newest, expr: last(x), window: 1d}]
      ---
      feature_view: latest
      version: 1
      entity: pair
      source: events
      keys: {a: a, b: b}
      every: 10s
      availability_lag: 3s
      max_age: 20s
      features: [{name: select, expr: x}]
      ---
      feature_view: global
      version: 1
      entity: world
      source: events
      every: 10s
      features: [{name: order, expr: x}]
      ---
      feature_service: model
      roles: {one: pair, other: pair, world: world}
      features: [one:newest@1, one:select@1, other:newest@1, world:order@1]
      defaults: {one:newest@1: -1}
      """;

  private static final StructType LABELS =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("asked", DataTypes.TimestampType)
          .add("a", DataTypes.IntegerType)
          .add("b", DataTypes.IntegerType)
          .add("c", DataTypes.IntegerType)
          .add("limit", DataTypes.LongType);

  private static final Integer[][] PAIRS = {{1, 23}, {12, 3}, {1, 2}, {3, 1}, {23, 12}};

  @TempDir static Path folder;
  private static Warehouse warehouse;
  private static Revision revision;
  private static final Map<String, Log> LOGS = new HashMap<>();

  /** The rows of one view, and its runs up to the position that is asked. */
  private record Log(Ledger ledger, Map<List<Integer>, List<FeatureRow>> rows) {}

  @BeforeAll
  static void open() {
    String uri = "jdbc:sqlite:" + folder.resolve("catalog.db");
    warehouse = Warehouse.local("join", uri, folder.resolve("warehouse"), 2);
    warehouse.spark().conf().set("spark.sql.datetime.java8API.enabled", "true");
    revision = new DefinitionLoader("join").load(new TreeMap<>(Map.of("all.yaml", DEFINITIONS)));
    Random random = new Random(7);
    for (FeatureView view : revision.views().values()) {
      LOGS.put(view.id().name(), written(view, random));
    }
  }

  @AfterAll
  static void close() {
    warehouse.close();
  }

  /** A log of random rows; the last run of the ledger is not published, one is after it. */
  private static Log written(FeatureView view, Random random) {
    List<Run> runs = runs(view, random);
    Map<List<Integer>, List<FeatureRow>> rows = new HashMap<>();
    List<Row> lines = new ArrayList<>();
    for (Run run : runs) {
      for (int i = 0; i < 40; i++) {
        List<Integer> entity = entity(view, random);
        FeatureRow row = row(view, run, random);
        List<FeatureRow> log = rows.computeIfAbsent(entity, key -> new ArrayList<>());
        if (log.stream().noneMatch(other -> other.time().equals(row.time()))) {
          log.add(row);
          lines.add(line(entity, row));
        }
      }
    }
    append(view, lines);
    return new Log(new Ledger(view.timing(), runs.subList(0, runs.size() - 1)), rows);
  }

  private static List<Run> runs(FeatureView view, Random random) {
    List<Run> runs = new ArrayList<>();
    runs.add(new Run(100, Run.Kind.BACKFILL, 0, 50 * SECOND, OptionalLong.empty(), true));
    long published = 60 * SECOND;
    for (long refresh : new long[] {60 * SECOND, 70 * SECOND, 100 * SECOND}) {
      published = Math.max(published, refresh + view.timing().lag()) + random.nextInt(4_000_000);
      runs.add(new Run(refresh, Run.Kind.LIVE, refresh, refresh, OptionalLong.of(published), true));
    }
    for (long refresh : new long[] {110 * SECOND, 120 * SECOND}) {
      runs.add(new Run(refresh, Run.Kind.LIVE, refresh, refresh, OptionalLong.empty(), false));
    }
    return runs;
  }

  private static List<Integer> entity(FeatureView view, Random random) {
    return view.entity().equals("world")
        ? List.of()
        : Arrays.asList(PAIRS[random.nextInt(PAIRS.length)]);
  }

  private static FeatureRow row(FeatureView view, Run run, Random random) {
    long refreshes = (run.lastRefresh() - run.firstRefresh()) / (10 * SECOND) + 1;
    long refresh = run.firstRefresh() + 10 * SECOND * random.nextLong(refreshes);
    long eventTime = view.isWindowed() ? refresh : refresh - 1 - random.nextLong(15) * (SECOND / 2);
    RowTime time = new RowTime(eventTime, refresh + view.timing().lag(), run.stamp());
    if (random.nextInt(6) == 0) {
      return FeatureRow.tombstone(time);
    }
    Long value = random.nextInt(5) == 0 ? null : Long.valueOf(random.nextInt(1_000));
    return new FeatureRow(time, Arrays.<@Nullable Object>asList(value));
  }

  private static Row line(List<Integer> entity, FeatureRow row) {
    List<@Nullable Object> columns = new ArrayList<>(entity);
    columns.add(Micros.instant(row.time().eventTime()));
    columns.add(Micros.instant(row.time().availableAt()));
    columns.add(Micros.instant(row.time().createdAt()));
    columns.add(row.isTombstone());
    List<@Nullable Object> values = row.values();
    columns.add(values == null ? null : values.get(0));
    return RowFactory.create(columns.toArray());
  }

  private static void append(FeatureView view, List<Row> lines) {
    FeatureTable table = table(view);
    table.create();
    List<Column> keys = table.schema().keys().stream().map(key -> col(key.name())).toList();
    StructType withoutBucket = new StructType();
    for (var field : table.schema().struct().fields()) {
      withoutBucket =
          field.name().equals(LogSchema.BUCKET) ? withoutBucket : withoutBucket.add(field);
    }
    Dataset<Row> rows =
        warehouse
            .spark()
            .createDataFrame(lines, withoutBucket)
            .withColumn(LogSchema.BUCKET, KeyBuckets.of(keys));
    StagedRun staged = table.stage(1);
    staged.write(BucketedRows.moved(rows));
    staged.commit();
  }

  private static FeatureTable table(FeatureView view) {
    return warehouse.table(view, revision.entity(view.entity()));
  }

  /** All labels of a bucket at once, or some hundred portions of them. */
  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 5_000})
  void answersAsALookAtEveryRowDoes(long labelBytes) {
    Random random = new Random(11);
    List<Row> labels = new ArrayList<>();
    for (long id = 0; id < 3_000; id++) {
      labels.add(label(id, random));
    }

    Dataset<Row> joined = join(frame(labels), Optional.of("limit"), labelBytes);

    List<Row> rows = joined.collectAsList();
    assertThat(rows).hasSize(labels.size());
    Map<Status, Integer> met = new HashMap<>();
    for (Row row : rows) {
      Row label = labels.get(Math.toIntExact(row.getAs("id")));
      assertThat(columns(row)).isEqualTo(columns(label));
      require(row, "one", "windowed", "newest", Arrays.asList(label.get(2), label.get(3)), -1L);
      require(row, "one", "latest", "select", Arrays.asList(label.get(2), label.get(3)), null);
      require(row, "other", "windowed", "newest", Arrays.asList(label.get(4), label.get(2)), null);
      require(row, "world", "global", "order", List.of(), null);
      met.merge(Status.valueOf(row.getAs("one__latest__status")), 1, Integer::sum);
    }
    assertThat(met.keySet()).containsExactlyInAnyOrder(PRESENT, MISSING, EXPIRED);
    assertThat(met.values()).allMatch(count -> count > 100);
  }

  private static List<@Nullable Object> columns(Row row) {
    List<@Nullable Object> columns = new ArrayList<>();
    for (int i = 0; i < LABELS.size(); i++) {
      columns.add(row.get(i));
    }
    return columns;
  }

  /** Ties, keys that are null or unknown, instants a microsecond about every change. */
  private static Row label(long id, Random random) {
    long change = changes().get(random.nextInt(changes().size()));
    @Nullable Integer[] pair = PAIRS[random.nextInt(PAIRS.length)].clone();
    if (random.nextInt(15) == 0) {
      pair[random.nextInt(2)] = random.nextBoolean() ? null : 99;
    }
    Long limit =
        switch (random.nextInt(4)) {
          case 0 -> 0L;
          case 1 -> random.nextLong(15 * SECOND);
          default -> null;
        };
    return RowFactory.create(
        id,
        Micros.instant(change + random.nextInt(3) - 1),
        pair[0],
        pair[1],
        random.nextInt(20) == 0 ? null : Integer.valueOf(random.nextBoolean() ? 12 : 3),
        limit);
  }

  private static List<Long> changes() {
    List<Long> changes = new ArrayList<>(List.of(0L, 130 * SECOND));
    for (Log log : LOGS.values()) {
      for (Run run : log.ledger().runs()) {
        run.publishedAt().ifPresent(changes::add);
        changes.add(run.lastRefresh() + 3 * SECOND);
        changes.add(run.lastRefresh() + MAX_AGE);
      }
    }
    for (FeatureRow row : LOGS.get("latest").rows().get(List.of(1, 23))) {
      changes.add(row.time().availableAt());
      changes.add(row.time().eventTime() + MAX_AGE);
      changes.add(row.time().eventTime() + 2 * MAX_AGE);
    }
    return changes;
  }

  private static void require(
      Row row,
      String role,
      String view,
      String feature,
      List<?> entity,
      @Nullable Long whenAbsent) {
    FeatureView definition = revision.view(new ViewId(view, 1));
    Log log = LOGS.get(view);
    long instant = Micros.of(row.<Instant>getAs("asked"));
    Optional<FeatureRow> newest =
        NaivePointInTime.newest(log.rows().getOrDefault(entity, List.of()), log.ledger(), instant)
            .filter(found -> !found.isTombstone());
    Status status = MISSING;
    if (newest.isPresent()) {
      AsOfRule rule = new AsOfRule(definition.timing());
      long refresh = log.ledger().newestRefresh(instant).orElseThrow();
      long age = rule.age(newest.get().time().eventTime(), refresh, instant);
      Long limit = row.getAs("limit");
      status = rule.status(age, limit == null ? Long.MAX_VALUE : limit);
    }
    String where = "%s of %s in label %s".formatted(feature, entity, row);
    assertThat(row.<String>getAs(role + "__" + view + "__status"))
        .as(where)
        .isEqualTo(status.name());
    assertThat(row.<Long>getAs(role + "__" + feature))
        .as(where)
        .isEqualTo(status == PRESENT ? newest.get().values().get(0) : whenAbsent);
  }

  @Test
  void movesLabelsOncePerRoleAndNoTable() {
    List<Row> labels = List.of(label(0, new Random(1)));
    Dataset<Row> joined =
        join(warehouse.spark().createDataFrame(labels, LABELS), Optional.empty(), Long.MAX_VALUE);

    String lineage = joined.queryExecution().toRdd().toDebugString();

    assertThat(lineage.lines().filter(line -> line.contains("ShuffledRowRDD")))
        .as(lineage)
        .hasSize(3);
    assertThat(lineage.lines().filter(line -> line.contains("DataSourceRDD")))
        .as(lineage)
        .hasSize(4);
    for (FeatureView view : revision.views().values()) {
      assertThat(table(view).rowsUpTo(100).queryExecution().executedPlan().toString())
          .doesNotContain("Exchange");
    }
  }

  @Test
  void joinsNoLabels() {
    assertThat(join(frame(List.of()), Optional.empty(), 1).collectAsList()).isEmpty();
  }

  @Test
  void refusesLabelsWhoseColumnsItWouldReplace() {
    for (String name : List.of("one__newest", "One__Windowed__Status", "_bucket", "_plumb_time")) {
      Dataset<Row> labels = frame(List.of()).withColumn(name, col("id"));

      assertThatThrownBy(() -> join(labels, Optional.empty(), 1))
          .isInstanceOf(InvalidException.class)
          .hasMessageContaining("'" + name + "'")
          .hasMessageContaining("rename");
    }
  }

  private static Dataset<Row> frame(List<Row> labels) {
    return warehouse.spark().createDataFrame(labels, LABELS).repartition(3);
  }

  private static Dataset<Row> join(Dataset<Row> labels, Optional<String> maxAge, long labelBytes) {
    return new PointInTimeJoin(PortablePlan.ofService(revision, "model"), labelBytes)
        .join(
            new PointInTimeJoin.Labels(
                labels,
                "asked",
                Map.of("one", List.of("a", "b"), "other", List.of("c", "a"), "world", List.of()),
                maxAge),
            view -> new ViewLog(table(view), LOGS.get(view.id().name()).ledger()));
  }
}
