// SPDX-License-Identifier: Apache-2.0

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Every flight out of a dozen airports, two of them the busiest, as one Parquet file; and beside it one flight whose
 * landing was reported 43 minutes late, which is ours, so that the example has a row that arrives after its hour.
 */
final class CutFlights {
  private static final List<String> ORIGINS =
      List.of("ATL", "ORD", "BNA", "AUS", "SMF", "JAX", "TUS", "ANC", "ALB", "BOI", "BTV", "MSO");

  private static final String LATE =
      "select '06150730' date, 47L delay, 763L distance, 'BTV' origin, 'ORD' destination, '06151120' reported";

  private CutFlights() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    SparkSession spark =
        SparkSession.builder().master("local[*]").config("spark.ui.enabled", "false").getOrCreate();
    Dataset<Row> flights = spark.read().parquet(arguments[0]);
    write(flights.where(flights.col("origin").isin(ORIGINS.toArray())).sort("origin", "date", "destination"), folder, "flights");
    write(spark.sql(LATE), folder, "late");
    spark.stop();
  }

  private static void write(Dataset<Row> rows, Path folder, String name) throws Exception {
    Path scratch = folder.resolve(name + ".scratch");
    rows.coalesce(1).write().mode("overwrite").option("compression", "zstd").parquet(scratch.toString());
    try (Stream<Path> files = Files.list(scratch)) {
      Path part = files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.move(part, folder.resolve(name + ".parquet"), StandardCopyOption.REPLACE_EXISTING);
    }
    try (Stream<Path> files = Files.walk(scratch)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
