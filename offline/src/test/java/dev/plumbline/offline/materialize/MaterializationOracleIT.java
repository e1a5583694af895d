package dev.plumbline.offline.materialize;

import static dev.plumbline.offline.materialize.SourceRow.seconds;
import static dev.plumbline.timeline.window.Percentile.Method.INTERPOLATED;
import static dev.plumbline.timeline.window.Percentile.Method.NEAREST_RANK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.DefinitionLoader;
import dev.plumbline.offline.CommittedRows;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.timeline.Event;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.log.NaiveChangeLog;
import dev.plumbline.timeline.run.NextRun;
import dev.plumbline.timeline.run.PlannedRun;
import dev.plumbline.timeline.run.RunPlanner;
import dev.plumbline.timeline.window.Aggregate;
import dev.plumbline.timeline.window.AggregateFunction;
import dev.plumbline.timeline.window.Percentile;
import dev.plumbline.timeline.window.WindowedFeature;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.CanonicalValue;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Decimal;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import dev.plumbline.type.Micros;
import dev.plumbline.type.ValueBytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SaveMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of random histories, against the change log from its definition. */
class MaterializationOracleIT {
  /** Of each view; a run of Spark takes a second. */
  private static final int HISTORIES = Integer.getInteger("histories.spark", 2);

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
      columns:
        - {name: a, type: int}
        - {name: b, type: int}
        - {name: at, type: timestamp}
        - {name: seen, type: timestamp}
        - {name: x, type: double}
        - {name: s, type: string}
        - {name: d, type: "decimal(6,2)"}
      """;

  private static final String WINDOWED_FEATURES =
      """
        - {name: %1$s_count, expr: count(*), window: 10s}
        - {name: %1$s_count_x, expr: count(x), window: 25s}
        - {name: %1$s_sum, expr: sum(x), window: 40s}
        - {name: %1$s_sum_d, expr: sum(d), window: 40s}
        - {name: %1$s_avg, expr: avg(d), window: 30s}
        - {name: %1$s_min, expr: min(x), window: 30s}
        - {name: %1$s_max, expr: max(s), window: 30s}
        - {name: %1$s_first, expr: first(s), window: 25s}
        - {name: %1$s_last, expr: last(x), window: 25s}
        - {name: %1$s_stddev, expr: stddev(d), window: 40s}
        - {name: %1$s_distinct, expr: count(distinct x), window: 40s}
        - {name: %1$s_mode, expr: mode(s), window: 40s}
        - {name: %1$s_variance, expr: variance(x), window: all}
        - {name: %1$s_percentile, expr: "percentile(d, 0.9)", window: 30s}
        - {name: %1$s_element, expr: "approx_percentile(x, 0.5)", window: all}
      """;

  private static final String ROW_FEATURES =
      """
        - {name: %1$s_x, expr: x}
        - {name: %1$s_s, expr: "coalesce(s, 'none')"}
        - {name: %1$s_d, expr: d}
      """;

  @TempDir static Path folder;
  private static Warehouse warehouse;
  private static Revision revision;

  @BeforeAll
  static void open() {
    String uri = "jdbc:sqlite:" + folder.resolve("catalog.db");
    warehouse = Warehouse.local("oracle", uri, folder.resolve("warehouse"), 2);
    String arriving =
        DEFINITIONS
            .substring(DEFINITIONS.indexOf("source:"))
            .replace("source: events", "source: arriving")
            .replace("event_time: at\n", "event_time: at\narrival_time: seen\n");
    String text =
        String.join(
            "---\n",
            DEFINITIONS,
            arriving,
            view("folded", "pair", "events", WINDOWED_FEATURES),
            view("folded_arriving", "pair", "arriving", WINDOWED_FEATURES),
            view("latest", "pair", "events", ROW_FEATURES),
            view("latest_arriving", "pair", "arriving", ROW_FEATURES),
            view("global", "world", "arriving", WINDOWED_FEATURES));
    revision = new DefinitionLoader("oracle").load(new TreeMap<>(Map.of("all.yaml", text)));
  }

  private static String view(String name, String entity, String source, String features) {
    return """
        feature_view: %s
        version: 1
        entity: %s
        source: %s
        keys: %s
        every: 10s
        availability_lag: 3s
        features:
        """
            .formatted(name, entity, source, entity.equals("pair") ? "{a: a, b: b}" : "{}")
        + features.formatted(name);
  }

  @AfterAll
  static void close() {
    warehouse.close();
  }

  static Stream<Arguments> histories() {
    List<String> views =
        List.of("folded", "folded_arriving", "latest", "latest_arriving", "global");
    return IntStream.rangeClosed(1, HISTORIES)
        .boxed()
        .flatMap(seed -> views.stream().map(view -> Arguments.of(view, seed)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("histories")
  void everyRunWritesTheChangeLogOfEachEntity(String view, int seed) {
    new History(view, seed).play();
  }

  /** One view and what its source comes to hold. */
  private static final class History {
    private final FeatureView view;
    private final Source source;
    private final Entity entity;
    private final FeatureTable table;
    private final Random random;
    private final List<SourceRow> rows;
    private final List<Run> runs = new ArrayList<>();
    private final Map<Bytes, List<FeatureRow>> log = new HashMap<>();

    History(String name, int seed) {
      FeatureView declared = revision.view(new ViewId(name, 1));
      view =
          new FeatureView(
              new ViewId(name, seed), // a table for each history
              declared.entity(),
              declared.source(),
              declared.keys(),
              declared.timing(),
              declared.about(),
              declared.features());
      source = revision.source(view.source());
      entity = revision.entity(view.entity());
      table = warehouse.table(view, entity);
      random = new Random(seed);
      rows = SourceRow.random(random, 200);
    }

    void play() {
      run(planner(seconds(70)).backfill(0, seconds(60), seconds(70)), 0);
      run(planner(seconds(100)).backfill(seconds(30), seconds(90), seconds(100)), 1);
      run(planner(seconds(100)).backfill(seconds(-20), seconds(90), seconds(100)), 1);
      assertThat(run(planner(seconds(100)).backfill(0, seconds(90), seconds(100)), 1))
          .as("rows of the same run again")
          .isZero();
      publish(seconds(100));
      live(seconds(114), OptionalInt.empty(), 2);
      live(seconds(145), OptionalInt.of(3), 3);
      live(seconds(160), OptionalInt.of(0), 4);
      assertThat(log.keySet()).hasSizeGreaterThan(entity.keys().isEmpty() ? 0 : 3);
    }

    private RunPlanner planner(long clock) {
      long stamp = runs.isEmpty() ? clock : Math.max(clock, runs.get(runs.size() - 1).stamp() + 1);
      return new RunPlanner(view.timing(), new Ledger(view.timing(), runs), stamp);
    }

    private void live(long clock, OptionalInt lookback, int step) {
      run(((NextRun.Refresh) planner(clock).next(clock, lookback)).run(), step);
      publish(clock);
    }

    private void publish(long clock) {
      runs.set(runs.size() - 1, runs.get(runs.size() - 1).published(clock));
    }

    /** How many rows it wrote. */
    private long run(PlannedRun run, int step) {
      List<SourceRow> held =
          rows.stream()
              .filter(row -> source.arrivalTime().isPresent() || row.isThere(step))
              .toList();
      Map<Bytes, List<FeatureRow>> expected = expected(run, held);

      ChangeLogJob job =
          new ChangeLogJob(warehouse, new SourceReader(warehouse.spark(), any -> written(held)));
      Ledger before = new Ledger(view.timing(), runs);
      ChangeLogJob.Committed committed =
          job.commit(view, entity, job.open(source), run, before).orElse(null);

      assertThat(CommittedRows.ofRun(table, run.stamp())).as("%s", run).isEqualTo(expected);
      if (committed == null) {
        assertThat(run.repeats(before)).as("%s", run).isTrue();
        assertThat(expected.values()).as("%s", run).allMatch(List::isEmpty);
        assertThat(table.committedRows(run.stamp())).isEmpty();
        return 0;
      }
      assertThat(committed.rows())
          .isEqualTo(expected.values().stream().mapToLong(List::size).sum());
      assertThat(table.committedRows(run.stamp())).hasValue(committed.rows());
      expected.forEach(
          (key, more) -> log.computeIfAbsent(key, k -> new ArrayList<>()).addAll(more));
      runs.add(run.committed());
      return committed.rows();
    }

    private List<String> written(List<SourceRow> held) {
      Path place = folder.resolve("source");
      warehouse
          .spark()
          .createDataFrame(held.stream().map(SourceRow::raw).toList(), SourceRow.SCHEMA)
          .repartition(1 + random.nextInt(5))
          .write()
          .mode(SaveMode.Overwrite)
          .parquet(place.toString());
      return List.of(place.toString());
    }

    private Map<Bytes, List<FeatureRow>> expected(PlannedRun run, List<SourceRow> held) {
      NaiveChangeLog naive = new NaiveChangeLog(view.timing(), windowed());
      Map<Bytes, List<Event>> events = new HashMap<>();
      log.keySet().forEach(key -> events.put(key, new ArrayList<>()));
      for (SourceRow row : held) {
        if (entity.keys().isEmpty() || row.hasKey()) {
          events.computeIfAbsent(entityOf(row), key -> new ArrayList<>()).add(event(row));
        }
      }
      Map<Bytes, List<FeatureRow>> expected = new HashMap<>();
      events.forEach(
          (key, its) -> {
            List<FeatureRow> before = log.getOrDefault(key, List.of());
            List<FeatureRow> added =
                new ArrayList<>(
                    view.isWindowed()
                        ? naive.windowed(run, its, before)
                        : naive.rows(run, its, before));
            if (!added.isEmpty()) {
              added.sort(Comparator.comparing(FeatureRow::time));
              expected.put(key, added);
            }
          });
      return expected;
    }

    private Bytes entityOf(SourceRow row) {
      return entity.keys().isEmpty()
          ? ValueBytes.of(List.of(), List.of())
          : ValueBytes.of(
              List.of(Primitive.INT, Primitive.INT),
              Arrays.<@Nullable Object>asList(row.a(), row.b()));
    }

    private Event event(SourceRow row) {
      List<Field> reached = source.fields().stream().filter(this::isReached).toList();
      List<@Nullable Object> values = new ArrayList<>();
      for (Field field : reached) {
        values.add(CanonicalValue.of(field.type(), value(row, field.name())));
      }
      long arrival = row.seen() == null ? row.at() : row.seen();
      List<DataType> types = reached.stream().map(Field::type).toList();
      Double x = (Double) CanonicalValue.of(Primitive.DOUBLE, row.x());
      String s = row.s();
      return new Event(
          row.at(),
          source.arrivalTime().isPresent() ? arrival : Event.NO_ARRIVAL,
          ValueBytes.of(types, values),
          view.isWindowed()
              ? Arrays.<@Nullable Object>asList(x, s, row.d())
              : Arrays.<@Nullable Object>asList(row.d(), s == null ? "none" : s, x));
    }

    /** Every view has features of x, s and d. */
    private boolean isReached(Field field) {
      return switch (field.name()) {
        case "a", "b" -> !entity.keys().isEmpty();
        case "seen" -> source.arrivalTime().isPresent();
        default -> true;
      };
    }

    private static @Nullable Object value(SourceRow row, String column) {
      return switch (column) {
        case "a" -> row.a();
        case "b" -> row.b();
        case "at" -> Micros.instant(row.at());
        case "seen" -> row.seen() == null ? null : Micros.instant(row.seen());
        case "x" -> row.x();
        case "s" -> row.s();
        default -> row.d();
      };
    }

    /** The features of the view, in its order; inputs are x, s and d. */
    private List<WindowedFeature> windowed() {
      return view.isWindowed()
          ? view.fields().stream().map(field -> windowed(field.name())).toList()
          : List.of();
    }

    private WindowedFeature windowed(String name) {
      Decimal decimal = new Decimal(6, 2);
      return switch (name.substring(view.id().name().length() + 1)) {
        case "count" ->
            new WindowedFeature(
                name, AggregateFunction.COUNT, OptionalInt.empty(), Primitive.INT, seconds(10));
        case "count_x" -> of(name, AggregateFunction.COUNT, 0, Primitive.DOUBLE, 25);
        case "sum" -> of(name, AggregateFunction.SUM, 0, Primitive.DOUBLE, 40);
        case "sum_d" -> of(name, AggregateFunction.SUM, 2, decimal, 40);
        case "avg" -> of(name, AggregateFunction.AVG, 2, decimal, 30);
        case "min" -> of(name, AggregateFunction.MIN, 0, Primitive.DOUBLE, 30);
        case "max" -> of(name, AggregateFunction.MAX, 1, Primitive.STRING, 30);
        case "first" -> of(name, AggregateFunction.FIRST, 1, Primitive.STRING, 25);
        case "last" -> of(name, AggregateFunction.LAST, 0, Primitive.DOUBLE, 25);
        case "stddev" -> of(name, AggregateFunction.STDDEV, 2, decimal, 40);
        case "distinct" -> of(name, AggregateFunction.COUNT_DISTINCT, 0, Primitive.DOUBLE, 40);
        case "mode" -> of(name, AggregateFunction.MODE, 1, Primitive.STRING, 40);
        case "variance" -> lifelong(name, AggregateFunction.VARIANCE);
        case "percentile" -> of(name, new Percentile(INTERPOLATED, 0.9), 2, decimal, 30);
        default -> lifelong(name, new Percentile(NEAREST_RANK, 0.5));
      };
    }

    private static WindowedFeature lifelong(String name, Aggregate function) {
      return new WindowedFeature(
          name, function, OptionalInt.of(0), Primitive.DOUBLE, WindowedFeature.ALL);
    }

    private static WindowedFeature of(
        String name, Aggregate function, int input, DataType type, int window) {
      return new WindowedFeature(name, function, OptionalInt.of(input), type, seconds(window));
    }
  }
}
