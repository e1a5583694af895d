package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.client.FeatureRequest;
import dev.plumbline.client.FeatureVectors;
import dev.plumbline.client.PlumblineClient;
import dev.plumbline.client.Status;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.ViewId;
import dev.plumbline.expression.CatalystValues;
import dev.plumbline.expression.SparkTypes;
import dev.plumbline.law.LawReport;
import dev.plumbline.law.SampleRow;
import dev.plumbline.offline.dataset.DatasetOptions;
import dev.plumbline.online.FeatureServer;
import dev.plumbline.online.FeatureServerSettings;
import dev.plumbline.online.FeatureServerSettings.FrozenClock;
import dev.plumbline.online.ServerClock;
import dev.plumbline.project.Project;
import dev.plumbline.store.local.EphemeralRedis;
import dev.plumbline.timeline.Event;
import dev.plumbline.timeline.window.Aggregate;
import dev.plumbline.timeline.window.AggregateFunction;
import dev.plumbline.timeline.window.NaiveWindows;
import dev.plumbline.timeline.window.Percentile;
import dev.plumbline.timeline.window.WindowedFeature;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.CanonicalValue;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.ArrayOf;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import dev.plumbline.type.Micros;
import dev.plumbline.type.ValueBytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * Every type through every layer: definitions, Spark, the feature tables, records in Redis, the
 * server and its client; and definitions, Spark, a training dataset.
 */
class EveryTypeIT {
  private static final Instant NOW = Instant.parse("2026-03-02T00:30:00Z");
  private static final long REFRESH = Micros.of(Instant.parse("2026-03-02T00:00:00Z"));
  private static final long HOUR = 3_600_000_000L;
  private static final long WINDOW = 48 * HOUR;
  private static final long SEED = 1;

  private static final List<Field> COLUMNS = TypeSamples.columns();
  private static final List<Field> KEYS =
      List.of(
          new Field("k_boolean", Primitive.BOOLEAN),
          new Field("k_int", Primitive.INT),
          new Field("k_bigint", Primitive.BIGINT),
          new Field("k_string", Primitive.STRING),
          new Field("k_date", Primitive.DATE));
  private static final Field AT = new Field("at", Primitive.TIMESTAMP);

  /** The sample rows of each entity, an hour apart; the first six have one of their own. */
  private static final List<List<Integer>> ENTITIES =
      List.of(
          List.of(0),
          List.of(1),
          List.of(2),
          List.of(3),
          List.of(4),
          List.of(5),
          List.of(0, 4, 5),
          List.of(5, 3, 4, 0, 3));

  @TempDir static Path folder;
  private static EphemeralRedis redis;
  private static Workspace workspace;
  private static FeatureServer server;
  private static List<FeatureView> views;

  @BeforeAll
  static void bringEverythingOnline() throws IOException {
    redis = EphemeralRedis.start();
    Files.createDirectories(folder.resolve("definitions"));
    Files.writeString(folder.resolve("definitions/types.yaml"), definitions());
    Files.writeString(
        folder.resolve("plumb.yaml"), "project: types\nredis: " + redis.address() + "\n");
    workspace =
        new Workspace(
            Project.open(folder, Optional.empty()),
            ServerClock.frozenAt(NOW),
            new Console(ProjectOptions.Format.TEXT));
    writeSource();
    workspace.apply(workspace.project().loadDefinitions());
    for (ViewId view : workspace.views()) {
      workspace.runs().advance(view, OptionalInt.empty());
    }
    views = List.copyOf(workspace.applied().revision().views().values());
    server =
        FeatureServer.start(
            new FeatureServerSettings(
                "types",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                ServerClock.frozenAt(NOW),
                FrozenClock.LOOPBACK_ONLY),
            workspace.store());
  }

  @AfterAll
  static void stop() {
    server.close();
    workspace.close();
    redis.close();
  }

  private static String definitions() {
    List<String> row = new ArrayList<>();
    List<String> windowed = new ArrayList<>();
    List<String> service = new ArrayList<>();
    for (Field column : COLUMNS) {
      row.add("{name: row_%1$s, expr: %1$s}".formatted(column.name()));
      service.add("thing:row_" + column.name() + "@1");
      for (Call call : calls(column.type())) {
        String name = call.name() + "_" + column.name();
        windowed.add(
            "{name: %s, expr: \"%s\", window: %s}"
                .formatted(name, call.sql().formatted(column.name()), call.window()));
        service.add("thing:" + name + "@1");
      }
    }
    String keys =
        KEYS.stream()
            .map(key -> key.name() + ": " + key.name())
            .collect(Collectors.joining(", ", "{", "}"));
    return """
        entity: thing
        keys: [%1$s]
        ---
        source: things
        format: parquet
        path: things
        event_time: at
        columns: [%1$s, {name: at, type: timestamp}, %2$s]
        ---
        feature_view: latest
        version: 1
        entity: thing
        source: things
        keys: %3$s
        every: 1d
        features: [%4$s]
        ---
        feature_view: folded
        version: 1
        entity: thing
        source: things
        keys: %3$s
        every: 1d
        features: [%5$s]
        ---
        feature_service: all_types
        features: [%6$s]
        ---
        source: questions
        format: parquet
        path: things
        event_time: at
        columns: [%1$s, {name: at, type: timestamp}, {name: asked_at, type: timestamp, expr: "timestamp'%7$s'"}]
        ---
        dataset: all_types
        service: all_types
        labels: {source: questions, time: asked_at, columns: [at], keys: {thing: %3$s}}
        """
        .formatted(
            fields(KEYS),
            fields(COLUMNS),
            keys,
            String.join(", ", row),
            String.join(", ", windowed),
            String.join(", ", service),
            NOW)
        .concat(OnDemandTypes.definitions());
  }

  private static String fields(List<Field> fields) {
    return fields.stream()
        .map(field -> "{name: %s, type: \"%s\"}".formatted(field.name(), field.type()))
        .collect(Collectors.joining(", "));
  }

  /** An aggregate, its SQL over one column, and the start of its features' names. */
  private record Call(String name, String sql, Aggregate function, String window) {
    static Call of(AggregateFunction function) {
      String name = function.name().toLowerCase(Locale.ROOT);
      String sql =
          function == AggregateFunction.COUNT_DISTINCT ? "count(distinct %s)" : name + "(%s)";
      return new Call(name.replace("_", ""), sql, function, "2d");
    }
  }

  private static final List<Call> CALLS =
      Stream.concat(
              Stream.of(AggregateFunction.values()).map(Call::of),
              Stream.of(
                  new Call(
                      "upper",
                      "percentile(%s, 0.9)",
                      new Percentile(Percentile.Method.INTERPOLATED, 0.9),
                      "2d"),
                  new Call(
                      "middle",
                      "approx_percentile(%s, 0.5)",
                      new Percentile(Percentile.Method.NEAREST_RANK, 0.5),
                      "all")))
          .toList();

  private static List<Call> calls(DataType type) {
    return CALLS.stream()
        .filter(
            call -> {
              try {
                call.function().resultType(type);
                return true;
              } catch (IllegalArgumentException unknownToIt) {
                return false;
              }
            })
        .toList();
  }

  /** The raw values as they are, -0.0 too. */
  private static void writeSource() {
    List<Field> fields = Stream.of(KEYS, List.of(AT), COLUMNS).flatMap(List::stream).toList();
    StructType schema = new StructType();
    for (Field field : fields) {
      schema = schema.add(field.name(), SparkTypes.of(field.type()));
    }
    List<InternalRow> rows = new ArrayList<>();
    for (int entity = 0; entity < ENTITIES.size(); entity++) {
      for (int i = 0; i < ENTITIES.get(entity).size(); i++) {
        List<@Nullable Object> values = new ArrayList<>(key(entity));
        values.add(Micros.instant(eventTime(i)));
        int sample = ENTITIES.get(entity).get(i);
        COLUMNS.forEach(column -> values.add(TypeSamples.value(column.type(), sample)));
        List<@Nullable Object> columns = new ArrayList<>();
        for (int c = 0; c < fields.size(); c++) {
          columns.add(CatalystValues.toCatalyst(fields.get(c).type(), values.get(c)));
        }
        rows.add(new GenericInternalRow(columns.toArray()));
      }
    }
    SparkSession spark = workspace.warehouse().spark();
    var rdd =
        spark
            .sparkContext()
            .parallelize(
                CollectionConverters.asScala(rows).toSeq(),
                2,
                ClassTag$.MODULE$.<InternalRow>apply(InternalRow.class));
    ((org.apache.spark.sql.classic.SparkSession) spark)
        .internalCreateDataFrame(rdd, schema, false)
        .write()
        .parquet(folder.resolve("things").toString());
  }

  private static long eventTime(int row) {
    return REFRESH - 12 * HOUR + row * HOUR;
  }

  private static List<Object> key(int entity) {
    return List.of(
        entity % 2 == 0,
        entity - 3,
        Long.MIN_VALUE + entity,
        List.of("", "größe", "a,b", "\uD83D\uDE80").get(entity % 4),
        LocalDate.of(1969, 12, 30).plusDays(entity));
  }

  @Test
  void areServedAsTheyWereWritten() {
    Map<String, List<Object>> keys = new LinkedHashMap<>();
    for (int k = 0; k < KEYS.size(); k++) {
      int at = k;
      keys.put(
          KEYS.get(k).name(),
          IntStream.range(0, ENTITIES.size()).mapToObj(entity -> key(entity).get(at)).toList());
    }

    FeatureVectors vectors;
    try (PlumblineClient client = PlumblineClient.connect("localhost:" + server.port())) {
      vectors = client.get(FeatureRequest.service("all_types").entities("thing", keys));
    }

    for (FeatureView view : views) {
      for (Field field : view.fields()) {
        FeatureVectors.Feature served = vectors.feature("thing:" + field.name() + "@1");
        for (int entity = 0; entity < ENTITIES.size(); entity++) {
          Object expected = expected(view, field, entity);
          assertThat(canonical(field.type(), served.values().get(entity)))
              .as("%s of entity %d", field, entity)
              .isEqualTo(expected);
          assertThat(served.statuses().get(entity))
              .isEqualTo(expected == null ? Status.NULL : Status.PRESENT);
        }
        assertThat(served.type()).isEqualTo(field.type().toString());
      }
    }
  }

  @Test
  void areTrainedOnAsTheyWereWritten() {
    var built = workspace.datasetBuild().build("all_types", DatasetOptions.DEFAULT);

    Dataset<Row> dataset = workspace.warehouse().spark().read().parquet(built.version().path());

    InternalRow[] rows = dataset.queryExecution().executedPlan().executeCollect();
    assertThat(rows).hasSize(ENTITIES.stream().mapToInt(List::size).sum());
    for (InternalRow row : rows) {
      int entity = row.getInt(dataset.schema().fieldIndex("k_int")) + 3;
      for (FeatureView view : views) {
        for (Field field : view.fields()) {
          int at = dataset.schema().fieldIndex("thing__" + field.name());
          Object value = row.isNullAt(at) ? null : row.get(at, SparkTypes.of(field.type()));
          assertThat(dataset.schema().fields()[at].dataType())
              .isEqualTo(SparkTypes.of(field.type()));
          assertThat(CatalystValues.toCanonical(field.type(), value))
              .as("%s of entity %d", field, entity)
              .isEqualTo(expected(view, field, entity));
        }
      }
    }
  }

  @Test
  void areTheSameDatasetHoweverTheSourceIsCutIntoFiles() throws IOException {
    Path things = folder.resolve("things");
    Path again = folder.resolve("things.again");
    var built = workspace.datasetBuild().build("all_types", DatasetOptions.DEFAULT);
    SparkSession spark = workspace.warehouse().spark();
    spark.read().parquet(things.toString()).repartition(5).write().parquet(again.toString());
    Files.move(things, folder.resolve("things.before"));
    Files.move(again, things);

    var rebuilt = workspace.datasetBuild().build("all_types", DatasetOptions.DEFAULT);

    assertThat(rebuilt.unchanged()).isTrue();
    assertThat(rebuilt.version().contentHash()).isEqualTo(built.version().contentHash());
  }

  @Test
  void areTheSameToExpressionsOfBothSides() {
    List<List<Object>> keys =
        IntStream.range(0, ENTITIES.size() + 1).mapToObj(EveryTypeIT::key).toList();
    List<SampleRow> questions =
        new ArrayList<>(List.of(OnDemandTypes.withoutValues(key(OnDemandTypes.LARGEST))));
    questions.addAll(OnDemandTypes.rows(new Random(SEED), 250, keys));

    LawReport report;
    try (PlumblineClient client = PlumblineClient.connect("localhost:" + server.port())) {
      report = workspace.lawCheck().check(OnDemandTypes.SERVICE, questions, 50, client);
    }

    assertThat(report.violations()).as("seed %d", SEED).isEmpty();
    assertThat(report.byStatus().values()).allSatisfy(count -> assertThat(count).isPositive());
    assertThat(report.example())
        .filteredOn(answer -> OnDemandTypes.isPartial(answer.feature()))
        .isNotEmpty()
        .extracting(answer -> answer.served().status())
        .containsOnly(dev.plumbline.timeline.Status.INVALID);
  }

  private static @Nullable Object expected(FeatureView view, Field feature, int entity) {
    if (!view.isWindowed()) {
      List<Integer> rows = ENTITIES.get(entity);
      return sample(feature.type(), rows.get(rows.size() - 1));
    }
    Field column =
        COLUMNS.stream()
            .filter(each -> feature.name().matches("[a-z]+?_" + each.name()))
            .findFirst()
            .orElseThrow();
    String function = feature.name().substring(0, feature.name().indexOf('_'));
    WindowedFeature windowed =
        new WindowedFeature(
            feature.name(),
            CALLS.stream()
                .filter(call -> call.name().equals(function))
                .findFirst()
                .orElseThrow()
                .function(),
            OptionalInt.of(0),
            column.type(),
            WINDOW);
    return new NaiveWindows(List.of(windowed))
        .values(events(column, entity), REFRESH, REFRESH)
        .get(0);
  }

  private static List<Event> events(Field column, int entity) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < ENTITIES.get(entity).size(); i++) {
      List<@Nullable Object> value =
          Collections.singletonList(sample(column.type(), ENTITIES.get(entity).get(i)));
      events.add(
          new Event(
              eventTime(i), Event.NO_ARRIVAL, ValueBytes.of(List.of(column.type()), value), value));
    }
    return events;
  }

  private static @Nullable Object sample(DataType type, int row) {
    return CanonicalValue.of(type, TypeSamples.value(type, row));
  }

  /** Clients have binary as arrays of bytes. */
  private static @Nullable Object canonical(DataType type, @Nullable Object served) {
    if (type instanceof ArrayOf array && served instanceof List<?> elements) {
      return elements.stream()
          .map(element -> canonical(array.element(), element))
          .collect(Collectors.toCollection(ArrayList::new));
    }
    Object value = served instanceof byte[] bytes ? Bytes.copyOf(bytes) : served;
    return CanonicalValue.of(type, value);
  }
}
