package dev.plumbline.offline.source;

import dev.plumbline.definition.Source;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.spark.SparkReadOptions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The rows of an Iceberg table at one snapshot, however often they are read. */
final class IcebergRows {
  private IcebergRows() {}

  /**
   * The rows of the snapshot that is newest now.
   *
   * @param table its name, with its catalog
   * @throws SourceMismatchException if there is no such table
   */
  static Dataset<Row> read(SparkSession spark, Source source, String table) {
    try {
      Snapshot newest = Spark3Util.loadIcebergTable(spark, table).currentSnapshot();
      return newest == null
          ? spark.table(table)
          : spark.read().option(SparkReadOptions.VERSION_AS_OF, newest.snapshotId()).table(table);
    } catch (Exception e) { // Scala throws checked ones too
      throw new SourceMismatchException(
          source.name(),
          List.of(table),
          List.of(
              "%s (expected: an Iceberg table, as catalog.namespace.table)"
                  .formatted(ReadFailures.reason(e))),
          e);
    }
  }
}
