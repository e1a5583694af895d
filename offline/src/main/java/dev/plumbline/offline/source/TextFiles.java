package dev.plumbline.offline.source;

import static org.apache.spark.sql.functions.col;

import dev.plumbline.definition.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Files of lines, whole folders of them, perhaps compressed. */
final class TextFiles {
  static final String NO_FILES =
      "holds no files (expected: 1 or more; names that begin with '_' or '.' do not count)";

  private final SparkSession spark;
  private final Dataset<Row> lines;

  /**
   * The files of a source.
   *
   * @throws SourceMismatchException if a place is not there, or there is no file
   */
  TextFiles(SparkSession spark, Source source, List<String> places) {
    this.spark = spark;
    try {
      this.lines = spark.read().text(places.toArray(String[]::new));
    } catch (Exception e) { // Scala throws checked ones too
      throw new SourceMismatchException(source.name(), places, List.of(ReadFailures.reason(e)), e);
    }
    if (lines.inputFiles().length == 0) {
      throw new SourceMismatchException(source.name(), places, List.of(NO_FILES));
    }
  }

  /** In the order of their names. */
  List<String> files() {
    return Arrays.stream(lines.inputFiles()).sorted().toList();
  }

  /** Of all files together. */
  long bytes() {
    return SourceReader.stored(lines);
  }

  /** Columns that the names of folders give, as in {@code day=2026-03-01}. */
  List<String> partitions() {
    return Arrays.stream(lines.columns()).skip(1).toList();
  }

  /**
   * All lines, read as {@code format} says.
   *
   * @param names of the values that it gives
   */
  Placed rows(LineFormat format, List<String> names) {
    List<Column> columns = new ArrayList<>();
    columns.add(col("_metadata.file_path"));
    columns.add(col("_metadata.file_block_start"));
    columns.add(col("value"));
    partitions().forEach(name -> columns.add(col("`" + name + "`").cast(DataTypes.StringType)));
    JavaRDD<InternalRow> rows =
        lines
            .select(columns.toArray(Column[]::new))
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(new LinesOfFiles(format, partitions().size()));
    return new Placed(
        ((org.apache.spark.sql.classic.SparkSession) spark)
            .internalCreateDataFrame(rows.rdd(), schema(names), false));
  }

  private StructType schema(List<String> names) {
    StructType schema =
        new StructType()
            .add(Placed.FILE, DataTypes.StringType)
            .add(Placed.LINE, DataTypes.LongType)
            .add(Placed.TEXT, DataTypes.StringType)
            .add(Placed.FAULT, DataTypes.StringType);
    for (String name : names) {
      schema = schema.add(name, DataTypes.StringType);
    }
    for (String name : partitions()) {
      schema = schema.add(name, DataTypes.StringType);
    }
    return schema;
  }
}
