package dev.plumbline.bench.offline;

import dev.plumbline.timeline.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Rows that come late, are corrected or vanish, live runs that publish late, and what the as-of
 * rule says of the log that comes of it.
 *
 * <p>One row in ten arrives up to five days after it happened, the others within ten minutes; one
 * in ten is corrected by another row of the same instant that comes up to three days later. When
 * the live runs begin, one in two hundred is gone from the source.
 */
final class LateRows {
  private static final Duration PUBLISHED_LATE = Duration.ofMinutes(20);

  private final JoinData data;
  private final JoinFiles files;

  LateRows(JoinData data, JoinFiles files) {
    this.data = data;
    this.files = files;
  }

  /** Fills the table by one backfill and so many live runs. */
  void write(SparkSession spark, JoinTables tables, int liveRuns) {
    Dataset<Row> happened = spark.read().parquet(files.features(0).toString());
    happened.createOrReplaceTempView("happened");
    Dataset<Row> arriving =
        spark.sql(
            """
            with first as (
              select account, happened, amount_0, score_0, state_0, xxhash64(account, happened) as h, timestamp_micros(
                unix_micros(happened) + pmod(xxhash64(account, happened, 1),
                  if(pmod(xxhash64(account, happened, 2), 10) = 0, 432000000000L, 600000000L))) as arrived
              from happened)
            select * from first
            union all
            select account, happened, amount_0 + 1, score_0 / 2, 'corrected', h + 1,
              timestamp_micros(unix_micros(arrived) + pmod(h, 259200000000L))
            from first where pmod(h, 10) = 1
            """);
    Path before = files.folder().resolve("arriving");
    Path after = files.folder().resolve("without-vanished");
    arriving.drop("h").write().parquet(before.toString());
    arriving.where("pmod(h, 200) <> 0").drop("h").write().parquet(after.toString());
    tables.write(
        0, before, after, new JoinTables.LiveRuns(liveRuns, PUBLISHED_LATE, OptionalInt.empty()));
  }

  /**
   * The as-of rule as a query over the committed rows: of those of a label's key that are visible
   * at its time the newest, unless it is a tombstone or older than the view allows.
   */
  Engine oracle(DuckDb duckdb, JoinTables tables) {
    return new Engine(
        Engine.ORACLE,
        List.of(
            new Way() {
              @Override
              public String name() {
                return "all visible rows of a key, numbered";
              }

              @Override
              public void layOut() {}

              @Override
              public void join(Path output) {
                duckdb.execute(
                    "copy (%s) to '%s' (format parquet)".formatted(query(tables), output));
              }
            }));
  }

  private String query(JoinTables tables) {
    String runs =
        tables.runs(0).stream()
            .map(
                run ->
                    "(%d, %s)"
                        .formatted(
                            run.stamp(),
                            run.kind() == Run.Kind.LIVE
                                ? String.valueOf(run.publishedAt().orElseThrow())
                                : "null"))
            .collect(Collectors.joining(", "));
    String logFiles =
        tables.files(0).stream()
            .map(file -> "'%s'".formatted(file.replaceFirst("^file:/*", "/")))
            .collect(Collectors.joining(", "));
    List<String> features = JoinData.features(0);
    String values =
        features.stream()
            .map(
                feature ->
                    ", case when not f._tombstone and epoch_us(l.asked) - epoch_us(f._event_time) <= %d then f.%s end as %s"
                        .formatted(
                            JoinData.micros(data.maxAge()), feature, JoinData.value(feature)))
            .collect(Collectors.joining());
    return """
    with runs(stamp, published_at) as (values %1$s),
    log as (
      select *, greatest(epoch_us(_available_at), coalesce(published_at, epoch_us(_available_at))) as visible
      from read_parquet([%2$s]) join runs on epoch_us(_created_at) = stamp),
    numbered as (
      select l.id as label, f.*, row_number() over (
        partition by l.id order by f._event_time desc, f._available_at desc, f._created_at desc) as n
      from %3$s l join log f on l.account = f.account and f.visible <= epoch_us(l.asked))
    select l.id, l.account, l.asked, l.outcome%4$s
    from %3$s l left join numbered f on l.id = f.label and f.n = 1
    """
        .formatted(runs, logFiles, DuckDb.parquet(files.labels()), values);
  }
}
