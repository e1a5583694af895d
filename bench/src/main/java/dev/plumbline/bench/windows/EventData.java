package dev.plumbline.bench.windows;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Events of many keys within thirty days, as a log has them: in the order of time, the keys mixed.
 * Each is a function of its number, so the same are made anywhere.
 *
 * @param events how many
 * @param keys of how many entities
 */
record EventData(long events, long keys) {
  static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration SPAN = Duration.ofDays(30);

  private static final int FILES = 8;
  private static final long SEED = 20260101;

  /**
   * Writes them as Parquet: {@code id bigint, at timestamp, v bigint}.
   *
   * <p>Event {@code n} happens somewhere within the {@code n}-th of as many equal parts of the
   * thirty days; its key and value are hashes of {@code n}.
   */
  void write(SparkSession spark, Path folder) {
    long part = SPAN.toNanos() / 1_000 / events;
    long first = FIRST.getEpochSecond() * 1_000_000;
    spark
        .range(0, events, 1, FILES)
        .select(
            expr("pmod(xxhash64(id, %dL), %dL)".formatted(SEED, keys)).as("key"),
            expr("timestamp_micros(%dL + id * %dL + pmod(xxhash64(id, %dL), %dL))"
                    .formatted(first, part, SEED + 1, part))
                .as("at"),
            expr("pmod(xxhash64(id, %dL), 2000001L) - 1000000L".formatted(SEED + 2)).as("v"))
        .select(col("key").as("id"), col("at"), col("v"))
        .write()
        .mode(SaveMode.ErrorIfExists)
        .parquet(folder.toString());
  }
}
