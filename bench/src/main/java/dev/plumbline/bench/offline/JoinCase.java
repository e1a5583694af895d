package dev.plumbline.bench.offline;

import dev.plumbline.bench.offline.JoinData.KeyType;
import dev.plumbline.bench.offline.JoinData.Shape;
import java.util.List;
import java.util.stream.Stream;

/**
 * Data of some size, and the engines that are measured on it.
 *
 * @param liveRuns after the backfill
 * @param engines by name
 * @param seconds its share of the twenty minutes; what it does not use, later ones may
 */
record JoinCase(String name, JoinData data, int liveRuns, List<String> engines, double seconds) {
  static final String ONE = "one-view";
  static final String TEN = "ten-views";
  static final String TEN_SMALL = "ten-views-small";
  static final String STRINGS = "string-keys";
  static final String HOT = "hot-key";
  static final String GROWTH_10M = "growth-10m";
  static final String GROWTH_30M = "growth-30m";
  static final String LATE = "late-rows";

  static final List<String> NAMES =
      List.of(ONE, TEN, TEN_SMALL, STRINGS, HOT, GROWTH_10M, GROWTH_30M, LATE);

  /** One that asks whether memory suffices; it takes too long to be among the others. */
  static final String LARGE = "large";

  private static final List<String> ALL =
      List.of(Engine.PLUMBLINE, Engine.DUCKDB, Engine.UNION_LAST, Engine.RANGE_JOIN);
  private static final List<String> TWO = List.of(Engine.PLUMBLINE, Engine.DUCKDB);
  private static final int MANY_RUNS = 50;
  private static final int RUNS = 10;
  private static final int LEAST_RUNS = 2;
  private static final long LEAST_KEYS = 20;
  private static final int MANY_VIEWS = 10;
  private static final long M = 1_000_000;

  JoinCase {
    engines = List.copyOf(engines);
  }

  /**
   * All cases.
   *
   * @param scale by which rows, labels, keys and live runs are divided
   */
  static List<JoinCase> all(long scale) {
    return Stream.of(
            of(ONE, 1, 10 * M, 1, KeyType.BIGINT, Shape.UNIFORM, MANY_RUNS, ALL, 260),
            of(
                TEN,
                MANY_VIEWS,
                2 * M,
                1,
                KeyType.BIGINT,
                Shape.UNIFORM,
                RUNS,
                ALL.subList(0, 3),
                380),
            of(TEN_SMALL, MANY_VIEWS, 2 * M, 10, KeyType.BIGINT, Shape.UNIFORM, RUNS, ALL, 120),
            of(STRINGS, 1, 10 * M, 1, KeyType.STRING, Shape.UNIFORM, RUNS, TWO, 80),
            of(HOT, 1, 10 * M, 1, KeyType.BIGINT, Shape.HOT, RUNS, TWO, 80),
            of(GROWTH_10M, 1, 10 * M, 1, KeyType.BIGINT, Shape.UNIFORM, RUNS, TWO, 60),
            growth(),
            of(
                LATE,
                1,
                10 * M,
                10,
                KeyType.BIGINT,
                Shape.UNIFORM,
                RUNS,
                List.of(Engine.PLUMBLINE),
                40),
            large())
        .map(each -> each.dividedBy(scale))
        .toList();
  }

  private static JoinCase of(
      String name,
      int views,
      long rows,
      long part,
      KeyType keys,
      Shape shape,
      int liveRuns,
      List<String> engines,
      double seconds) {
    return new JoinCase(
        name,
        new JoinData(views, rows / part, M / part, M / 10 / part, keys, shape),
        liveRuns,
        engines,
        seconds);
  }

  /** Three times the rows, the labels and the keys. */
  private static JoinCase growth() {
    JoinData data = new JoinData(1, 30 * M, 3 * M, 3 * M / 10, KeyType.BIGINT, Shape.UNIFORM);
    return new JoinCase(GROWTH_30M, data, RUNS, TWO, 110);
  }

  private static JoinCase large() {
    JoinData data = new JoinData(1, 50 * M, 20 * M, 2 * M, KeyType.STRING, Shape.UNIFORM);
    return new JoinCase(LARGE, data, RUNS, List.of(Engine.PLUMBLINE), 1_000);
  }

  private JoinCase dividedBy(long scale) {
    return new JoinCase(
        name,
        new JoinData(
            data.views(),
            Math.max(LEAST_KEYS, data.rows() / scale),
            Math.max(LEAST_KEYS, data.labels() / scale),
            Math.max(LEAST_KEYS, data.keys() / scale),
            data.keyType(),
            data.shape()),
        Math.max(LEAST_RUNS, (int) (liveRuns / scale)),
        engines,
        seconds);
  }

  /** Whether the join over compacted tables is shown beside. */
  boolean isCompacted() {
    return name.equals(ONE) || name.equals(TEN);
  }

  boolean isLate() {
    return name.equals(LATE);
  }

  /** This case with those of its engines alone that have one of these names; empty: all. */
  JoinCase with(List<String> names) {
    return names.isEmpty()
        ? this
        : new JoinCase(
            name, data, liveRuns, engines.stream().filter(names::contains).toList(), seconds);
  }
}
