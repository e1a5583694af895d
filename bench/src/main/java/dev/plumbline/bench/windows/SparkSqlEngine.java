package dev.plumbline.bench.windows;

import dev.plumbline.bench.project.BenchProject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * The same change log by Spark SQL alone, as well as we can write it.
 *
 * <p>The events and the grid points at which one of them enters or leaves a window are one relation
 * by key and time. Over it, {@code range} frames give the values of the windows; at the grid points
 * they are compared with those of the grid point before, and kept where they differ.
 *
 * <ul>
 *   <li>Only the events are moved, once, by key; grid points are made where they are needed. One
 *       sort serves all windows and the comparison.
 *   <li>A grid point that comes twice is not looked for: it says the same twice, so the comparison
 *       drops it. A {@code distinct} took 17% more processor time.
 *   <li>The value of an event is never null, so it tells events from grid points.
 *   <li>Adaptive execution and code generation are on.
 * </ul>
 */
final class SparkSqlEngine implements Engine {
  static final String NAME = "spark-sql";

  private static final int PARTITIONS = 16;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Written compute(BenchProject project, Path events, Path output) {
    SparkSession spark = project.spark().newSession();
    spark.conf().set("spark.sql.adaptive.enabled", "true");
    spark.conf().set("spark.sql.shuffle.partitions", String.valueOf(PARTITIONS));
    spark.conf().set("spark.sql.parquet.compression.codec", "zstd");
    spark.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    spark.read().parquet(events.toString()).createOrReplaceTempView("events");
    spark.sql(query()).write().parquet(output.toString());
    return () -> List.of(spark.read().parquet(output.toString()).inputFiles());
  }

  private static String query() {
    return """
    with moved as (
      select /*+ repartition(%1$d, id) */ id, unix_micros(at) as e, v from events),
    entering as (
      select id, e, v, e - pmod(e, %2$dL) + %2$dL as g from moved),
    points as (
      select id, inline(array(named_struct('t', e, 'v', v), %3$s)) from entering),
    windowed as (
      select id, t, v, %4$s from points),
    said as (
      select id, t, if(events_7d = 0, null, struct(%5$s)) as f from windowed where v is null),
    compared as (
      select id, t, f, lag(f) over (partition by id order by t) as before from said)
    select id, timestamp_micros(t) as _event_time, timestamp_micros(t) as _available_at,
      timestamp_micros(%6$dL) as _created_at, f is null as _tombstone, f.*,
      cast(pmod(xxhash64(id), 8) as int) as _bucket
    from compared where not (f <=> before)
    """
        .formatted(
            PARTITIONS,
            micros(WindowsView.EVERY),
            gridPoints(),
            windows(),
            String.join(", ", WindowsView.features()),
            micros(Duration.between(Instant.EPOCH, WindowsView.TO)));
  }

  /** Where an event enters every window, and where it leaves each of them. */
  private static String gridPoints() {
    String entering = "named_struct('t', g, 'v', cast(null as bigint))";
    return entering
        + Stream.of(WindowsView.Length.values())
            .map(
                length ->
                    ", named_struct('t', g + %dL, 'v', cast(null as bigint))"
                        .formatted(micros(length.duration())))
            .collect(Collectors.joining());
  }

  private static String windows() {
    return Stream.of(WindowsView.Length.values())
        .map(
            length ->
                """
                count(v) over w as events_%1$s, sum(v) over w as total_%1$s, max(v) over w as greatest_%1$s\
                """
                    .formatted(length.text())
                    .replace(
                        " w ",
                        " (partition by id order by t range between %dL preceding and 1L preceding) "
                            .formatted(micros(length.duration()))))
        .collect(Collectors.joining(", "));
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
