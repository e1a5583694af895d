package dev.plumbline.offline.source;

import dev.plumbline.definition.Source;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Parquet files; a column that some of them lack is null there. */
final class ParquetFiles {
  private final SparkSession spark;
  private final Source source;
  private final List<String> places;

  ParquetFiles(SparkSession spark, Source source, List<String> places) {
    this.spark = spark;
    this.source = source;
    this.places = places;
  }

  /**
   * All rows.
   *
   * @throws SourceMismatchException if there is no file, or one that cannot be read, or two that
   *     have a column of one name and different types
   */
  Dataset<Row> read() {
    String[] paths = places.toArray(String[]::new);
    List<String> files = new TextFiles(spark, source, places).files();
    try {
      return spark.read().option("mergeSchema", "true").parquet(paths);
    } catch (Exception e) { // Scala throws checked ones too
      // merged by Spark, files do not say which of them is in the way
      List<String> problems =
          ParquetColumns.of(files, spark.sparkContext().hadoopConfiguration()).problems();
      throw new SourceMismatchException(
          source.name(),
          places,
          problems.isEmpty() ? List.of(ReadFailures.reason(e)) : problems,
          e);
    }
  }
}
