package dev.plumbline.offline.materialize;

import dev.plumbline.type.Micros;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A raw row of a random history: two keys, either of which may be null, and values with gaps.
 *
 * @param at its event time in microseconds
 * @param seen its arrival time, if it is known
 * @param appears the step of the history from which on a source without arrival times holds it
 * @param vanishes the step from which on it no longer does
 */
record SourceRow(
    @Nullable Integer a,
    @Nullable Integer b,
    long at,
    @Nullable Long seen,
    @Nullable Double x,
    @Nullable String s,
    @Nullable BigDecimal d,
    int appears,
    int vanishes) {
  static final StructType SCHEMA =
      new StructType()
          .add("a", DataTypes.IntegerType)
          .add("b", DataTypes.IntegerType)
          .add("at", DataTypes.TimestampType)
          .add("seen", DataTypes.TimestampType)
          .add("x", DataTypes.DoubleType)
          .add("s", DataTypes.StringType)
          .add("d", DataTypes.createDecimalType(6, 2));

  private static final long SECOND = 1_000_000;
  private static final int NEVER = Integer.MAX_VALUE;
  private static final Double[] DOUBLES = {
    0.0, -0.0, 0.1, 0.2, 1e16, -1e16, 1.0, Double.NaN, Double.POSITIVE_INFINITY, null
  };
  private static final String[] STRINGS = {"", "a", "b", "größe", "\uD83D\uDE80", null};

  /** Some of one entity, many at the same instant or around a refresh, late, twice. */
  static List<SourceRow> random(Random random, long seconds) {
    List<SourceRow> rows = new ArrayList<>();
    for (int i = 60 + random.nextInt(80); i > 0; i--) {
      SourceRow row = one(random, seconds);
      rows.add(row);
      if (random.nextInt(5) == 0) {
        rows.add(row.rival(random));
      }
      if (random.nextInt(12) == 0) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static SourceRow one(Random random, long seconds) {
    int[][] pairs = {{1, 23}, {12, 3}, {1, 2}, {-1, 0}, {7, 7}};
    int[] pair = pairs[random.nextInt(pairs.length)];
    long at = SECOND * random.nextLong(-30, seconds) + random.nextInt(3) - 1;
    if (random.nextBoolean()) {
      at = Math.floorDiv(at, 10 * SECOND) * 10 * SECOND + random.nextInt(3) - 1;
    }
    int appears = random.nextInt(3) == 0 ? random.nextInt(5) : 0;
    return new SourceRow(
        random.nextInt(15) == 0 ? null : Integer.valueOf(pair[0]),
        random.nextInt(15) == 0 ? null : Integer.valueOf(pair[1]),
        at,
        seen(random, at),
        DOUBLES[random.nextInt(DOUBLES.length)],
        STRINGS[random.nextInt(STRINGS.length)],
        random.nextInt(4) == 0 ? null : BigDecimal.valueOf(random.nextInt(2_000) - 1_000, 2),
        appears,
        random.nextInt(8) == 0 ? appears + 1 + random.nextInt(3) : NEVER);
  }

  private static @Nullable Long seen(Random random, long at) {
    return random.nextInt(4) == 0 ? null : Long.valueOf(at + random.nextLong(60 * SECOND));
  }

  private SourceRow rival(Random random) {
    return new SourceRow(
        a,
        b,
        at,
        random.nextBoolean() ? seen : seen(random, at),
        DOUBLES[random.nextInt(DOUBLES.length)],
        STRINGS[random.nextInt(STRINGS.length)],
        d,
        random.nextInt(4),
        NEVER);
  }

  boolean isThere(int step) {
    return appears <= step && step < vanishes;
  }

  boolean hasKey() {
    return a != null && b != null;
  }

  Row raw() {
    return RowFactory.create(
        a, b, Micros.instant(at), seen == null ? null : Micros.instant(seen), x, s, d);
  }

  static long seconds(int seconds) {
    return Duration.ofSeconds(seconds).toNanos() / 1_000;
  }
}
