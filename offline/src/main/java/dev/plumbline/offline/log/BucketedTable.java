package dev.plumbline.offline.log;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.spark.SparkReadOptions;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.parser.ParseException;

/** An Iceberg table of feature rows, partitioned by the bucket of the key; it may not exist yet. */
final class BucketedTable {
  /**
   * How files are written. A dictionary larger than a core's cache costs more time than it saves.
   */
  static final Map<String, String> FILES =
      Map.of(
          TableProperties.PARQUET_COMPRESSION,
          "zstd",
          TableProperties.PARQUET_DICT_SIZE_BYTES,
          String.valueOf(64 * 1024));

  private final SparkSession spark;
  private final String name;
  private final LogSchema schema;

  BucketedTable(SparkSession spark, String name, LogSchema schema) {
    this.spark = spark;
    this.name = name;
    this.schema = schema;
  }

  SparkSession spark() {
    return spark;
  }

  String name() {
    return name;
  }

  LogSchema schema() {
    return schema;
  }

  boolean exists() {
    return spark.catalog().tableExists(name);
  }

  void create() {
    List<String> columns = new ArrayList<>();
    for (var field : schema.struct().fields()) {
      columns.add(
          "`%s` %s%s"
              .formatted(
                  field.name(), field.dataType().sql(), field.nullable() ? "" : " not null"));
    }
    spark.sql(
        """
        create table if not exists %s (%s) using iceberg partitioned by (%s)
        tblproperties ('format-version'='2', 'write.distribution-mode'='none',
          'write.metadata.delete-after-commit.enabled'='true', 'commit.retry.num-retries'='20', %s)
        """
            .formatted(name, String.join(", ", columns), LogSchema.BUCKET, files()));
  }

  private static String files() {
    return FILES.entrySet().stream()
        .map(property -> "'%s'='%s'".formatted(property.getKey(), property.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** The folder of all its files, which it shares with no other table. */
  String folder() {
    return iceberg().location();
  }

  /** How many rows it has. */
  long rowCount() {
    Snapshot now = iceberg().currentSnapshot();
    return now == null
        ? 0
        : Long.parseLong(now.summary().getOrDefault(SnapshotSummary.TOTAL_RECORDS_PROP, "0"));
  }

  /** Takes the table out of the catalog, if it is there. Its files stay. */
  void forget() {
    spark.sql("drop table if exists " + name);
  }

  /** What the table holds now. */
  Dataset<Row> rows() {
    return spark.table(name);
  }

  /** What it held at one of its snapshots. */
  Dataset<Row> rowsAt(long snapshot) {
    return spark.read().option(SparkReadOptions.VERSION_AS_OF, snapshot).table(name);
  }

  /** Rows of such a table where they lie, with {@link RowKeys#HASH}, each bucket sorted by it. */
  JavaRDD<InternalRow> byHash(Dataset<Row> rows) {
    List<Column> keys = schema.keys().stream().map(key -> col("`" + key.name() + "`")).toList();
    return BucketedRows.ofTable(
        rows.withColumn(RowKeys.HASH, KeyBuckets.hash(keys)).sortWithinPartitions(RowKeys.HASH));
  }

  /** The table as Iceberg's own interface shows it, newly read from the catalog. */
  Table iceberg() {
    try {
      return Spark3Util.loadIcebergTable(spark, name);
    } catch (NoSuchTableException | ParseException e) {
      throw gone(e);
    }
  }

  /** What tells this table from another that had its name before. */
  String id() {
    return iceberg().uuid().toString();
  }

  /**
   * Adds rows to a branch, in one commit.
   *
   * @param rows of {@link LogSchema#struct}, partition i holding bucket i
   * @param summary of the snapshot that has them
   * @return how many
   */
  long append(String branch, JavaRDD<InternalRow> rows, Map<String, String> summary) {
    Table iceberg = iceberg();
    AppendFiles append = iceberg.newAppend().toBranch(branch);
    List<DataFile> files = BucketFiles.write(iceberg, schema.struct(), rows);
    files.forEach(append::appendFile);
    summary.forEach(append::set);
    append.commit();
    return files.stream().mapToLong(DataFile::recordCount).sum();
  }

  /** Puts rows in the place of all others, in one commit. */
  void replace(JavaRDD<InternalRow> rows, Map<String, String> summary) {
    Table iceberg = iceberg();
    OverwriteFiles overwrite =
        iceberg.newOverwrite().overwriteByRowFilter(Expressions.alwaysTrue());
    BucketFiles.write(iceberg, schema.struct(), rows).forEach(overwrite::addFile);
    summary.forEach(overwrite::set);
    overwrite.commit();
  }

  private IllegalStateException gone(Exception e) {
    return new IllegalStateException("table " + name + " is gone while a run works on it", e);
  }
}
