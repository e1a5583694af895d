package dev.plumbline.offline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.isnull;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.xxhash64;

import dev.plumbline.expression.SparkNames;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;

/**
 * What rows there are, as 64 hexadecimal digits: equal for the same multiset of rows with the same
 * columns, whatever their order, files and partitions.
 *
 * <p>SHA-256 of the columns' names and types, the number of rows, and two sums over all rows of
 * 64-bit hashes of the row. Sums, not exclusive-or: a row that is there twice counts twice.
 */
public final class ContentHash {
  private ContentHash() {}

  public static String of(Dataset<Row> rows) {
    List<StructField> fields = List.of(rows.schema().fields());
    Row sums =
        rows.select(rowHash(fields, "first").as("first"), rowHash(fields, "second").as("second"))
            .agg(count(lit(1)), total(col("first")), total(col("second")))
            .first();
    return hash(fields, sums, 1);
  }

  /** The hash of each column alone, by its name, in one pass over the rows. */
  public static Map<String, String> ofColumns(Dataset<Row> rows) {
    List<Column> totals = new ArrayList<>();
    for (StructField field : rows.schema().fields()) {
      totals.add(total(rowHash(List.of(field), "first")));
      totals.add(total(rowHash(List.of(field), "second")));
    }
    Row sums = rows.agg(count(lit(1)), totals.toArray(Column[]::new)).first();
    Map<String, String> hashes = new LinkedHashMap<>();
    for (int i = 0; i < rows.schema().length(); i++) {
      StructField field = rows.schema().apply(i);
      hashes.put(field.name(), hash(List.of(field), sums, 1 + 2 * i));
    }
    return hashes;
  }

  /** The hash of columns whose two sums stand from {@code at} on, behind the number of rows. */
  private static String hash(List<StructField> fields, Row sums, int at) {
    List<String> parts = new ArrayList<>();
    for (StructField field : fields) {
      parts.add(field.name() + " " + field.dataType().catalogString());
    }
    parts.add(String.valueOf(sums.getLong(0)));
    parts.add(text(sums, at));
    parts.add(text(sums, at + 1));
    return sha256(String.join("\n", parts));
  }

  /**
   * A hash skips nulls and joins arrays, so where there are none and how long they are is hashed
   * too.
   */
  private static Column rowHash(List<StructField> fields, String seed) {
    List<Column> inputs = new ArrayList<>(List.of(lit(seed)));
    for (StructField field : fields) {
      Column column = SparkNames.column(field.name());
      inputs.add(isnull(column));
      inputs.add(column);
      if (field.dataType() instanceof ArrayType) {
        inputs.add(size(column));
        inputs.add(transform(column, element -> element.isNull()));
      }
    }
    return xxhash64(inputs.toArray(Column[]::new));
  }

  private static Column total(Column hash) {
    return sum(hash.cast("decimal(38,0)"));
  }

  private static String text(Row row, int at) {
    return row.isNullAt(at) ? "0" : ((BigDecimal) row.get(at)).toPlainString();
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
