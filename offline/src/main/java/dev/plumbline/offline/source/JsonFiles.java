package dev.plumbline.offline.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;

import dev.plumbline.definition.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Files of one JSON object a line. */
final class JsonFiles {
  private static final String OBJECT = "_plumb_object";

  private final SparkSession spark;
  private final Source source;
  private final List<String> places;
  private final TextFiles files;

  JsonFiles(SparkSession spark, Source source, List<String> places) {
    this.spark = spark;
    this.source = source;
    this.places = places;
    this.files = new TextFiles(spark, source, places);
  }

  /**
   * All rows; every raw column is a text, or made of texts.
   *
   * @throws SourceMismatchException if there is no file, or names that differ in case alone
   */
  Placed read() {
    Dataset<Row> lines = files.rows(new JsonFormat(), List.of()).rows();
    StructType schema =
        spark
            .read()
            .option("primitivesAsString", "true")
            .json(lines.where(col(Placed.FAULT).isNull()).select(Placed.TEXT).as(Encoders.STRING()))
            .schema();
    JsonColumns.rejectTwins(source, places, files.partitions(), schema);
    List<Column> columns = new ArrayList<>();
    Placed.PLACE.forEach(name -> columns.add(col(name)));
    for (String name : schema.fieldNames()) {
      columns.add(col(OBJECT + ".`" + name.replace("`", "``") + "`").as(name));
    }
    files.partitions().forEach(name -> columns.add(col("`" + name + "`")));
    return new Placed(
        lines
            .withColumn(OBJECT, from_json(col(Placed.TEXT), schema, Map.of()))
            .select(columns.toArray(Column[]::new)));
  }
}
