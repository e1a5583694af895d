package dev.plumbline.offline.source;

import dev.plumbline.definition.Source;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Files of values between commas, whose first lines name their columns. */
final class CsvFiles {
  private final SparkSession spark;
  private final Source source;
  private final List<String> places;

  CsvFiles(SparkSession spark, Source source, List<String> places) {
    this.spark = spark;
    this.source = source;
    this.places = places;
  }

  /**
   * All rows, every raw column a text.
   *
   * @throws SourceMismatchException if there is no file, or a header that does not name columns, or
   *     two that differ
   */
  Placed read() {
    TextFiles files = new TextFiles(spark, source, places);
    List<String> names =
        new CsvHeaders(source, places, files.partitions())
            .names(files.files(), spark.sparkContext().hadoopConfiguration());
    return files.rows(new CsvFormat(names.size()), names);
  }
}
