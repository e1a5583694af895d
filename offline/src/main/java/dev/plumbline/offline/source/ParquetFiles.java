package dev.plumbline.offline.source;

import dev.plumbline.definition.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

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
      List<String> problems = problems(files);
      throw new SourceMismatchException(
          source.name(),
          places,
          problems.isEmpty() ? List.of(ReadFailures.reason(e)) : problems,
          e);
    }
  }

  /** Looks at one file after the other: merged, they do not say which of them is in the way. */
  private List<String> problems(List<String> files) {
    List<String> problems = new ArrayList<>();
    Map<String, Found> columns = new LinkedHashMap<>();
    for (String place : files) {
      String file = ReadFailures.shown(place);
      try {
        compare(file, spark.read().parquet(place).schema(), columns, problems);
      } catch (Exception e) { // Scala throws checked ones too
        problems.add("%s cannot be read: %s".formatted(file, innermost(e)));
      }
    }
    return problems;
  }

  private record Found(String file, StructField field) {}

  private static void compare(
      String file, StructType schema, Map<String, Found> columns, List<String> problems) {
    for (StructField field : schema.fields()) {
      Found first = columns.putIfAbsent(field.name(), new Found(file, field));
      if (first != null && !first.field().dataType().equals(field.dataType())) {
        problems.add(
            "column '%s' is %s in %s (expected: %s, as in %s); write one of them anew"
                .formatted(field.name(), type(field), file, type(first.field()), first.file()));
      }
    }
  }

  private static String type(StructField field) {
    return field.dataType().sql().toLowerCase(Locale.ROOT);
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return ReadFailures.reason(cause);
  }
}
