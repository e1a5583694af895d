package dev.plumbline.offline.materialize;

import static dev.plumbline.offline.materialize.SourceRow.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.DefinitionLoader;
import dev.plumbline.offline.CommittedRows;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.run.PlannedRun;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.ValueBytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Aggregates against the functions that Spark has for them, over all rows of each entity. */
class AggregatesAgainstSparkIT {
  private static final int ENTITIES = 20;
  private static final int ROWS = 4_000;

  /** From the name of a feature to what it is to us, and what is the same to Spark. */
  private static final Map<String, List<String>> CALLS =
      new TreeMap<>(
          Map.ofEntries(
              same("count_x", "count(x)"),
              same("distinct_n", "count(distinct n)"),
              same("distinct_large", "count(distinct n) filter (where x > 0)"),
              call("distinct_s", "approx_count_distinct(s)", "count(distinct s)"),
              same("median_x", "median(x)"),
              same("percentile_n", "percentile(n, 0.95)"),
              same("percentile_d", "percentile(d, 0.1)"),
              same("percentile_large", "percentile(x, 0.25) filter (where n > 10)"),
              call("element_n", "approx_percentile(n, 0.3)", "approx_percentile(n, 0.3, 1000000)"),
              call(
                  "element_d", "percentile_approx(d, 0.75)", "approx_percentile(d, 0.75, 1000000)"),
              call("mode_n", "mode(n)", "mode(n, true)"),
              call("mode_s", "mode(s)", "mode(s, true)"),
              same("variance_x", "variance(x)"),
              same("variance_d", "var_samp(d)"),
              same("var_pop_n", "var_pop(n)"),
              same("stddev_pop_x", "stddev_pop(x)")));

  @TempDir static Path folder;
  private static Warehouse warehouse;

  private static Map.Entry<String, List<String>> same(String name, String sql) {
    return call(name, sql, sql);
  }

  private static Map.Entry<String, List<String>> call(String name, String ours, String sparks) {
    return Map.entry(name, List.of(ours, sparks));
  }

  @BeforeAll
  static void open() {
    String uri = "jdbc:sqlite:" + folder.resolve("catalog.db");
    warehouse = Warehouse.local("spark", uri, folder.resolve("warehouse"), 2);
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType)
            .add("at", DataTypes.TimestampType)
            .add("n", DataTypes.IntegerType)
            .add("x", DataTypes.DoubleType)
            .add("d", DataTypes.createDecimalType(8, 2))
            .add("s", DataTypes.StringType);
    warehouse
        .spark()
        .createDataFrame(rows(new Random(3)), schema)
        .repartition(3)
        .write()
        .parquet(folder.resolve("events").toString());
  }

  private static List<Row> rows(Random random) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(
          RowFactory.create(
              (long) Math.abs(random.nextGaussian() * ENTITIES / 3),
              java.time.Instant.ofEpochSecond(random.nextInt(1_000)),
              random.nextInt(9) == 0 ? null : Integer.valueOf(random.nextInt(40)),
              random.nextInt(9) == 0 ? null : Double.valueOf(random.nextGaussian()),
              java.math.BigDecimal.valueOf(random.nextInt(100_000) - 50_000, 2),
              random.nextInt(9) == 0 ? null : "größe".substring(random.nextInt(5))));
    }
    return rows;
  }

  @AfterAll
  static void close() {
    warehouse.close();
  }

  @Test
  void everyValueIsThatOfSparksOwnFunction() {
    Revision revision = new DefinitionLoader("spark").load(new TreeMap<>(Map.of("x.yaml", view())));
    FeatureView view = revision.view(new ViewId("lifelong", 1));
    var job =
        new ChangeLogJob(
            warehouse,
            new SourceReader(
                warehouse.spark(), any -> List.of(folder.resolve("events").toString())));

    job.commit(
        view,
        revision.entity("thing"),
        job.open(revision.source("events")),
        new PlannedRun.Live(1, seconds(1_000), seconds(1_000)),
        new Ledger(view.timing(), List.of()));

    Map<Bytes, List<FeatureRow>> written =
        CommittedRows.ofRun(warehouse.table(view, revision.entity("thing")), 1);
    List<Row> expected = bySpark();
    assertThat(written).hasSameSizeAs(expected).hasSizeGreaterThan(ENTITIES / 2);
    for (Row row : expected) {
      Bytes entity = ValueBytes.of(List.of(Primitive.BIGINT), List.of(row.getLong(0)));
      List<Object> values = written.get(entity).get(0).values();
      for (int i = 0; i < CALLS.size(); i++) {
        requireEqual(view.features().get(i).name(), row, values.get(i), row.get(i + 1));
      }
    }
  }

  private static void requireEqual(String feature, Row row, Object value, Object expected) {
    boolean rounded = feature.startsWith("var") || feature.startsWith("stddev");
    if (rounded && expected instanceof Double number) {
      assertThat((Double) value)
          .as("%s of %s", feature, row)
          .isCloseTo(number, within(1e-9 * Math.abs(number)));
    } else {
      assertThat(value).as("%s of %s", feature, row).isEqualTo(expected);
    }
  }

  private static List<Row> bySpark() {
    List<String> columns = new ArrayList<>(List.of("id"));
    CALLS.forEach((name, calls) -> columns.add(calls.get(1) + " as " + name));
    return warehouse
        .spark()
        .sql(
            "select %s from parquet.`%s` group by id"
                .formatted(String.join(", ", columns), folder.resolve("events")))
        .collectAsList();
  }

  private static String view() {
    StringBuilder text =
        new StringBuilder(
            """
            entity: thing
            keys: [{name: id, type: bigint}]
            ---
            source: events
            format: parquet
            path: unused
            event_time: at
            columns:
              - {name: id, type: bigint}
              - {name: at, type: timestamp}
              - {name: n, type: int}
              - {name: x, type: double}
              - {name: d, type: "decimal(8,2)"}
              - {name: s, type: string}
            ---
            feature_view: lifelong
            version: 1
            entity: thing
            source: events
            keys: {id: id}
            every: 10s
            features:
            """);
    CALLS.forEach(
        (name, calls) ->
            text.append(
                "  - {name: %s, expr: \"%s\", window: all}\n".formatted(name, calls.get(0))));
    return text.toString();
  }
}
