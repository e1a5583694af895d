package dev.plumbline.bench.offline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Labels, and feature rows of one or more views, as a log has them: nearly in the order of time,
 * the keys mixed. Each row is a function of its number, so the same are made anywhere.
 *
 * <p>Time is cut into slots as long as the step of a view's grid. A key has at most one row of a
 * view in a slot, so {@code available_at}, the first grid point after the row plus the view's lag,
 * rises strictly with the event time of the rows of a key. One key in twenty speaks ten times as
 * often as the others and falls silent after a tenth of the time: of it, later answers are expired.
 * One label in fifty asks for a key that no view has.
 *
 * @param views how many
 * @param rows of each view
 * @param labels how many
 * @param keys of how many entities, at least 2
 * @param keyType of the entities' keys
 * @param shape how rows are shared out among keys
 */
record JoinData(int views, long rows, long labels, long keys, KeyType keyType, Shape shape) {
  static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration LAG = Duration.ofMinutes(10);
  static final String LABEL_COLUMNS = "id, account, asked, outcome";

  private static final long SLOTS = 1_000;
  private static final int FILES = 8;
  private static final long SEED = 20260301;

  /** The type of a key; a text is some twenty characters long. */
  enum KeyType {
    BIGINT("bigint", "key"),
    STRING("string", "concat('acc-', lower(hex(xxhash64(key))))");

    private final String type;
    private final String ofNumber;

    KeyType(String type, String ofNumber) {
      this.type = type;
      this.ofNumber = ofNumber;
    }

    /** As declared. */
    String type() {
      return type;
    }
  }

  /** How rows and labels are shared out among keys. */
  enum Shape {
    UNIFORM(Duration.ofHours(1)),
    /** One key has three in ten of all rows and labels, a row in every slot. */
    HOT(Duration.ofSeconds(1));

    private final Duration step;

    Shape(Duration step) {
      this.step = step;
    }
  }

  /** The step of the views' grid. */
  Duration step() {
    return shape.step;
  }

  private long slots() {
    return shape == Shape.HOT ? Math.max(SLOTS, hotRows()) : SLOTS;
  }

  private long hotRows() {
    return (rows / 10 + 1) * 3;
  }

  /** The first grid point that sees all rows. */
  Instant end() {
    return FIRST.plus(step().multipliedBy(slots()));
  }

  /** A quarter of the time that the rows span, but no less than a view may have. */
  Duration maxAge() {
    Duration quarter = Duration.ofSeconds(step().multipliedBy(slots()).toSeconds() / 4);
    Duration least = step().plus(LAG);
    return quarter.compareTo(least) < 0 ? least : quarter;
  }

  /** Names of the three features of a view: a bigint, now and then null, a double and a string. */
  static List<String> features(int view) {
    return Stream.of("amount_", "score_", "state_").map(name -> name + view).toList();
  }

  /** Columns of what engines write: those of a label, then a value for each feature. */
  List<String> written() {
    return Stream.concat(
            Stream.of(LABEL_COLUMNS.split(", ")),
            IntStream.range(0, views)
                .boxed()
                .flatMap(view -> features(view).stream())
                .map(JoinData::value))
        .toList();
  }

  /** The column of a feature's value, named as a join of ours names it. */
  static String value(String feature) {
    return "account__" + feature;
  }

  /** Writes labels and features, each into a folder of its own within {@code folder}. */
  JoinFiles write(SparkSession spark, Path folder) {
    JoinFiles files = new JoinFiles(folder, views);
    writeLabels(spark, files.labels());
    for (int view = 0; view < views; view++) {
      writeFeatures(spark, view, files.features(view));
    }
    return files;
  }

  private void writeLabels(SparkSession spark, Path to) {
    String any = "pmod(xxhash64(id, %dL), %dL)".formatted(SEED, keys + Math.max(1, keys / 50));
    String key = shape == Shape.HOT ? "if(id %% 10 < 3, 0L, %s)".formatted(any) : any;
    long step = micros(step());
    long lag = micros(LAG);
    // Some labels are asked at the very microsecond at which rows become available.
    String after =
        "if(id %% 97 = 0, pmod(xxhash64(id, %1$dL), %2$dL) * %3$dL + %4$dL, pmod(xxhash64(id, %1$dL), %5$dL))"
            .formatted(SEED + 1, slots(), step, lag, slots() * step + lag);
    spark
        .range(0, labels, 1, FILES)
        .select(expr("id"), expr(key).as("key"), expr(after).as("after"))
        .select(
            expr("id"),
            expr(keyType.ofNumber).as("account"),
            instant("after").as("asked"),
            expr("cast(id % 2 as int)").as("outcome"))
        .write()
        .option("compression", JoinFiles.COMPRESSION)
        .parquet(to.toString());
  }

  private void writeFeatures(SparkSession spark, int view, Path to) {
    long seed = SEED + 10L * (view + 1);
    long step = micros(step());
    List<String> names = features(view);
    spark
        .range(0, rows, 1, FILES)
        .select(expr("id"), expr(key()).as("key"), expr(ordinal()).as("ordinal"))
        .withColumn("slot", expr(slot(seed)))
        .select(
            expr(keyType.ofNumber).as("account"),
            instant("slot * %1$dL + pmod(xxhash64(id, %2$dL), %1$dL)".formatted(step, seed))
                .as("happened"),
            instant("(slot + 1) * %dL + %dL".formatted(step, micros(LAG))).as("available_at"),
            expr("if(id %% 50 = 7, null, pmod(xxhash64(id, %dL), 2000001L) - 1000000L)"
                    .formatted(seed + 1))
                .as(names.get(0)),
            expr("pmod(xxhash64(id, %dL), 1000000000L) / 1.0e7D".formatted(seed + 2))
                .as(names.get(1)),
            expr("element_at(array('new', 'active', 'dormant', 'blocked', 'closed'), cast(1 + pmod(xxhash64(id, %dL), 5L) as int))"
                    .formatted(seed + 3))
                .as(names.get(2)))
        .write()
        .option("compression", JoinFiles.COMPRESSION)
        .parquet(to.toString());
  }

  /** Writes the rows of the last so many steps alone. */
  void writeRecent(SparkSession spark, int steps, Path from, Path to) {
    spark
        .read()
        .parquet(from.toString())
        .where(col("happened").geq(lit(end().minus(step().multipliedBy(steps)))))
        .coalesce(1)
        .write()
        .option("compression", JoinFiles.COMPRESSION)
        .parquet(to.toString());
  }

  /** The number of the key of row {@code id}; the hot key is 0. */
  private String key() {
    return shape == Shape.HOT
        ? "if(id %% 10 < 3, 0L, 1 + (id div 10 * 7 + id %% 10 - 3) %% %dL)".formatted(keys - 1)
        : "id %% %dL".formatted(keys);
  }

  /** How many rows its key has before row {@code id}. */
  private String ordinal() {
    return shape == Shape.HOT
        ? "if(id %% 10 < 3, id div 10 * 3 + id %% 10, (id div 10 * 7 + id %% 10 - 3) div %dL)"
            .formatted(keys - 1)
        : "id div %dL".formatted(keys);
  }

  private String slot(long seed) {
    long perKey =
        shape == Shape.HOT ? (rows / 10 + 1) * 7 / (keys - 1) + 1 : (rows + keys - 1) / keys;
    long gap = Math.max(1, slots() / perKey);
    String rare = "ordinal * %1$dL + pmod(xxhash64(id, %2$dL), %1$dL)".formatted(gap, seed + 4);
    String often =
        "ordinal * %1$dL + pmod(xxhash64(id, %2$dL), %1$dL)"
            .formatted(Math.max(1, gap / 10), seed + 4);
    String any = "if(pmod(xxhash64(key), 20L) = 0, %s, %s)".formatted(often, rare);
    return shape == Shape.HOT ? "if(id %% 10 < 3, ordinal, %s)".formatted(any) : any;
  }

  private static org.apache.spark.sql.Column instant(String microsAfterFirst) {
    return expr(
        "timestamp_micros(%dL + %s)"
            .formatted(FIRST.getEpochSecond() * 1_000_000, microsAfterFirst));
  }

  static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
