package dev.plumbline.offline.pointintime;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.DefinitionLoader;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.log.BucketedRows;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.offline.log.KeyBuckets;
import dev.plumbline.offline.log.LogSchema;
import dev.plumbline.offline.log.StagedRun;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Run;
import dev.plumbline.type.Micros;
import dev.plumbline.vector.PortablePlan;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
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

/** Names, values and times at the edges of what there is, against a look at every row. */
class PointInTimeEdgesIT {
  private static final Duration DAY = Duration.ofDays(1);

  private static final String DEFINITIONS =
      """
      entity: person
      keys: [{name: name, type: string}]
      ---
      source: facts
      format: parquet
      path: unused
      event_time: at
      columns: [{name: name, type: string}, {name: at, type: timestamp}, {name: d, type: double}, {name: f, type: float}, {name: i, type: int}, {name: b, type: boolean}, {name: s, type: string}, {name: day, type: date}, {name: t, type: timestamp}, {name: m, type: 'decimal(20,3)'}, {name: l, type: array<string>}]
      ---
      feature_view: facts
      version: 1
      entity: person
      source: facts
      keys: {name: name}
      every: 1h
      features: [{name: d, expr: d}, {name: f, expr: f}, {name: i, expr: i}, {name: b, expr: b}, {name: s, expr: s}, {name: day, expr: day}, {name: t, expr: t}, {name: m, expr: m}]
      ---
      feature_view: lists
      version: 1
      entity: person
      source: facts
      keys: {name: name}
      every: 1h
      features: [{name: l, expr: l}]
      ---
      feature_view: nothing
      version: 1
      entity: person
      source: facts
      keys: {name: name}
      every: 1h
      features: [{name: never, expr: i}]
      ---
      feature_service: model
      roles: {who: person}
      features: [who:d@1, who:f@1, who:i@1, who:b@1, who:s@1, who:day@1, who:t@1, who:m@1, who:l@1, who:never@1]
      """;

  /**
   * Those of a table that is read in batches, in the order of its columns; then the one of lists.
   */
  private static final List<String> FEATURES =
      List.of("b", "d", "day", "f", "i", "m", "s", "t", "l");

  /** Some look alike, and one has the letter that is two; a space and nothing are names too. */
  private static final List<String> NAMES =
      List.of(
          "Zoe", "Zo\u00eb", "Zoe\u0308", "zoe", "", " ", "\ud83d\ude80", "\u65e5\u672c", "Zoe\0");

  /** Before 1970, long after today, and about both changes of the clocks. */
  private static final List<Instant> TIMES =
      List.of(
          Instant.parse("1969-07-20T20:17:40.000001Z"),
          Instant.parse("1969-12-31T23:59:59.999999Z"),
          Instant.EPOCH,
          Instant.parse("2001-03-25T00:59:59.999999Z"),
          Instant.parse("2001-03-25T01:00:00Z"),
          Instant.parse("2001-10-28T00:30:00Z"),
          Instant.parse("2001-10-28T01:30:00Z"),
          Instant.parse("2256-02-29T12:00:00Z"));

  private static final StructType LABELS =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("asked", DataTypes.TimestampType)
          .add("name", DataTypes.StringType);

  @TempDir static Path folder;
  private static Warehouse warehouse;
  private static Revision revision;

  @BeforeAll
  static void open() {
    String uri = "jdbc:sqlite:" + folder.resolve("catalog.db");
    warehouse = Warehouse.local("edges", uri, folder.resolve("warehouse"), 2);
    warehouse.spark().conf().set("spark.sql.datetime.java8API.enabled", "true");
    revision = new DefinitionLoader("edges").load(new TreeMap<>(Map.of("all.yaml", DEFINITIONS)));
  }

  @AfterAll
  static void close() {
    warehouse.close();
  }

  /** A row of the log; it is visible an hour after its time. */
  private record Fact(String name, Instant at, boolean isTombstone, List<@Nullable Object> values) {
    Instant visibleFrom() {
      return at.plus(Duration.ofHours(1));
    }

    Row row() {
      return row(values.subList(0, FEATURES.size() - 1));
    }

    Row listRow() {
      return row(values.subList(FEATURES.size() - 1, FEATURES.size()));
    }

    private Row row(List<@Nullable Object> features) {
      List<@Nullable Object> columns =
          new ArrayList<>(List.of(name, at, visibleFrom(), Micros.instant(0), isTombstone));
      columns.addAll(features);
      return RowFactory.create(columns.toArray());
    }
  }

  @Test
  void answersAsALookAtEveryRowDoes() {
    Random random = new Random(3);
    List<Fact> facts = new ArrayList<>();
    for (String name : NAMES.subList(0, NAMES.size() - 1)) {
      for (Instant time : TIMES) {
        // Nobody asks between those of one hour: only the last of them is seen.
        for (int i = random.nextInt(4); i > 0; i--) {
          Instant at = time.plus(Duration.ofMinutes(15L * (3 - i)));
          facts.add(
              random.nextInt(6) == 0
                  ? new Fact(name, at, true, nothing())
                  : new Fact(name, at, false, values(random)));
        }
      }
    }
    append("facts", facts.stream().map(Fact::row).toList());
    append("lists", facts.stream().map(Fact::listRow).toList());
    append("nothing", List.of());
    assertThat(isReadInBatches("facts")).isTrue();
    assertThat(isReadInBatches("lists")).isFalse();
    for (String zone : List.of("UTC", "Europe/Berlin", "America/St_Johns")) {
      warehouse.spark().conf().set("spark.sql.session.timeZone", zone);
      List<Row> labels = labels();
      requireAnswers(facts, labels.size(), join(labels).collectAsList());
    }
  }

  private static void requireAnswers(List<Fact> facts, int labels, List<Row> joined) {
    assertThat(joined).hasSize(labels);
    for (Row row : joined) {
      Optional<Fact> newest = newest(facts, row.getAs("name"), row.getAs("asked"));
      String status = newest.isPresent() && !newest.get().isTombstone() ? "PRESENT" : "MISSING";
      assertThat(row.<String>getAs("who__facts__status")).as("%s", row).isEqualTo(status);
      assertThat(row.<String>getAs("who__lists__status")).as("%s", row).isEqualTo(status);
      assertThat(FEATURES.stream().map(name -> value(row, "who__" + name)).toList())
          .as("%s", row)
          .isEqualTo(newest.map(Fact::values).orElse(nothing()));
      assertThat(row.<String>getAs("who__nothing__status")).isEqualTo("MISSING");
      assertThat(row.<@Nullable Object>getAs("who__never")).isNull();
    }
  }

  private static List<@Nullable Object> nothing() {
    return Arrays.asList(new @Nullable Object[FEATURES.size()]);
  }

  private static boolean isReadInBatches(String view) {
    return table(revision.view(new ViewId(view, 1)))
        .rowsUpTo(0)
        .queryExecution()
        .sparkPlan()
        .collectLeaves()
        .head()
        .supportsColumnar();
  }

  private static @Nullable Object value(Row row, String column) {
    int at = row.fieldIndex(column);
    return column.equals("who__l") && !row.isNullAt(at) ? row.getList(at) : row.get(at);
  }

  private static Optional<Fact> newest(List<Fact> facts, @Nullable String name, Instant asked) {
    return facts.stream()
        .filter(fact -> fact.name().equals(name) && !fact.visibleFrom().isAfter(asked))
        .reduce((earlier, later) -> later);
  }

  private static List<@Nullable Object> values(Random random) {
    List<List<? extends @Nullable Object>> choices =
        List.of(
            Arrays.asList(true, false, null),
            Arrays.asList(Double.NaN, 0.0, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, null),
            Arrays.asList(LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31), null),
            Arrays.asList(Float.NaN, 0f, Float.MAX_VALUE, null),
            Arrays.asList(Integer.MIN_VALUE, -1, 0, null),
            Arrays.asList(new BigDecimal("-12345678901234567.890"), new BigDecimal("0.001"), null),
            Arrays.asList("", "\ud83d\ude80", "a\0b", null),
            Arrays.asList(TIMES.get(0), TIMES.get(7), null),
            Arrays.asList(List.of(), Arrays.asList("x", null), null));
    List<@Nullable Object> values = new ArrayList<>();
    choices.forEach(some -> values.add(some.get(random.nextInt(some.size()))));
    return values;
  }

  /** Of every name at every time, a microsecond before and at each change, and each twice. */
  private static List<Row> labels() {
    List<Row> labels = new ArrayList<>();
    List<@Nullable String> names = new ArrayList<>(NAMES);
    names.add(null);
    for (String name : names) {
      for (Instant time : TIMES) {
        for (long micros : new long[] {-1, 0, 1}) {
          Instant asked = time.plus(Duration.ofHours(1)).plus(Duration.ofNanos(1_000 * micros));
          labels.add(RowFactory.create((long) labels.size() / 2, asked, name));
          labels.add(RowFactory.create((long) labels.size() / 2, asked, name));
        }
      }
    }
    return labels;
  }

  private static FeatureTable table(FeatureView view) {
    return warehouse.table(view, revision.entity(view.entity()));
  }

  private static FeatureTable append(String name, List<Row> lines) {
    FeatureTable table = table(revision.view(new ViewId(name, 1)));
    table.create();
    StructType struct = table.schema().struct();
    StructType withoutBucket =
        new StructType(Arrays.copyOf(struct.fields(), struct.fields().length - 1));
    Dataset<Row> rows =
        warehouse
            .spark()
            .createDataFrame(lines, withoutBucket)
            .withColumn(LogSchema.BUCKET, KeyBuckets.of(List.of(col("name"))));
    StagedRun staged = table.stage(0);
    staged.write(BucketedRows.moved(rows));
    staged.commit();
    return table;
  }

  private static Dataset<Row> join(List<Row> labels) {
    return new PointInTimeJoin(PortablePlan.ofService(revision, "model"))
        .join(
            new PointInTimeJoin.Labels(
                warehouse.spark().createDataFrame(labels, LABELS),
                "asked",
                Map.of("who", List.of("name")),
                Optional.empty()),
            view ->
                new ViewLog(
                    table(view),
                    new Ledger(
                        view.timing(),
                        List.of(
                            new Run(
                                0,
                                Run.Kind.BACKFILL,
                                Micros.of(TIMES.get(0)) / 3_600_000_000L * 3_600_000_000L,
                                Micros.of(TIMES.get(7).plus(DAY)) / 3_600_000_000L * 3_600_000_000L,
                                OptionalLong.empty(),
                                true)))));
  }
}
