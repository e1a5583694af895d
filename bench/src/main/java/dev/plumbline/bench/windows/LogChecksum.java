package dev.plumbline.bench.windows;

import dev.plumbline.bench.measure.DisagreementException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What the data files of a change log hold, whatever the order of their rows.
 *
 * @param rows how many
 * @param checksum of the keys, event times, tombstones and features: per row a 64-bit hash, the
 *     upper and the lower halves of all of them added up
 */
record LogChecksum(long rows, String checksum) {
  /** What was written, and into how many bytes of files. */
  record Checked(LogChecksum log, long bytes) {
    /** No files. */
    static final Checked NOTHING = new Checked(new LogChecksum(0, ""), 0);
  }

  /**
   * Says that another change log is not this one, if so.
   *
   * @param mine who wrote this one, and of what
   * @param theirs who wrote the other
   * @throws DisagreementException if it is not
   */
  void rejectOther(String mine, String theirs, LogChecksum other) {
    if (!equals(other)) {
      throw new DisagreementException(
          "%s: %,d rows with checksum %s; %s: %,d rows with checksum %s (expected: the same change log); one of the two computes it wrongly"
              .formatted(mine, rows, checksum, theirs, other.rows, other.checksum));
    }
  }

  /** Reads these Parquet files, which an engine has written. */
  static LogChecksum of(SparkSession spark, List<String> files) {
    spark.read().parquet(files.toArray(String[]::new)).createOrReplaceTempView("written");
    Row row =
        spark
            .sql(
                """
                select count(*), coalesce(sum(h >> 32), 0L), coalesce(sum(h & 4294967295L), 0L)
                from (select xxhash64(%s) as h from written)
                """
                    .formatted(String.join(", ", hashed())))
            .first();
    return new LogChecksum(
        row.getLong(0), String.format(Locale.ROOT, "%016x%016x", row.getLong(1), row.getLong(2)));
  }

  /** The hash passes over nulls, so whether a feature is null is hashed too. */
  private static List<String> hashed() {
    List<String> columns = new ArrayList<>(List.of("id", "unix_micros(_event_time)", "_tombstone"));
    for (String feature : WindowsView.features()) {
      columns.add(feature + " is null");
      columns.add(feature);
    }
    return columns;
  }
}
