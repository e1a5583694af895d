package dev.plumbline.offline.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Raw rows of text with where each of them stands, and what is wrong with it.
 *
 * @param rows the columns of {@link #PLACE}, then the raw columns
 */
record Placed(Dataset<Row> rows) {
  static final String FILE = "_plumb_file";
  static final String LINE = "_plumb_line";
  static final String TEXT = "_plumb_text";

  /** Why the line could not be read; null: it could. */
  static final String FAULT = "_plumb_fault";

  static final List<String> PLACE = List.of(FILE, LINE, TEXT, FAULT);

  /** Rows that a query made of others; they stand nowhere. */
  static Placed nowhere(Dataset<Row> rows) {
    Column nowhere = lit(null).cast(DataTypes.StringType);
    return new Placed(
        rows.select(
            nowhere.as(FILE),
            lit(null).cast(DataTypes.LongType).as(LINE),
            to_json(struct(col("*"))).as(TEXT),
            nowhere.as(FAULT),
            col("*")));
  }

  List<String> rawColumns() {
    return Arrays.stream(rows.columns()).filter(name -> !PLACE.contains(name)).toList();
  }

  /** The raw columns with their types. */
  StructType rawSchema() {
    return rows.drop(PLACE.toArray(String[]::new)).schema();
  }

  /** The raw columns of the lines that could be read. */
  Dataset<Row> readable() {
    return rows.where(col(FAULT).isNull()).drop(PLACE.toArray(String[]::new));
  }
}
