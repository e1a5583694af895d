package dev.plumbline.offline.log;

import static org.apache.spark.sql.functions.col;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;

/**
 * The change log of one view version, an Iceberg table partitioned by the bucket of the key. Rows
 * are only ever appended, all rows of a run in one commit that names the run's stamp.
 */
public final class FeatureTable {
  /** How many buckets the keys of a table are spread over. */
  public static final int BUCKETS = 8;

  private static final String RUN = "plumbline.run";

  private final SparkSession spark;
  private final String name;
  private final LogSchema schema;

  public FeatureTable(SparkSession spark, String name, FeatureView view, Entity entity) {
    this.spark = spark;
    this.name = name;
    this.schema = new LogSchema(entity, view);
  }

  public String name() {
    return name;
  }

  public LogSchema schema() {
    return schema;
  }

  public boolean exists() {
    return spark.catalog().tableExists(name);
  }

  /** Creates the table unless it is there. */
  public void create() {
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
        tblproperties ('format-version'='2', 'write.distribution-mode'='none', 'write.parquet.compression-codec'='zstd',
          'write.metadata.delete-after-commit.enabled'='true', 'commit.retry.num-retries'='20')
        """
            .formatted(name, String.join(", ", columns), LogSchema.BUCKET));
  }

  /**
   * The rows of runs stamped after {@code after} and up to {@code upTo}; files of other runs are
   * not read.
   */
  public Dataset<Row> rows(long after, long upTo) {
    return spark
        .table(name)
        .where(
            "%1$s > timestamp_micros(%2$dL) and %1$s <= timestamp_micros(%3$dL)"
                .formatted(LogSchema.CREATED_AT, after, upTo));
  }

  /** All rows of the runs up to this stamp. */
  public Dataset<Row> rowsUpTo(long stamp) {
    return spark
        .table(name)
        .where("%s <= timestamp_micros(%dL)".formatted(LogSchema.CREATED_AT, stamp));
  }

  /**
   * {@link #rowsUpTo(long)} with only these features, by their positions in the view, in their
   * order; keys, times, tombstone and bucket stay.
   */
  public Dataset<Row> rowsUpTo(long stamp, List<Integer> features) {
    List<String> names = List.of(schema.struct().fieldNames());
    List<Column> columns = new ArrayList<>();
    names.subList(0, schema.firstFeature()).forEach(name -> columns.add(col("`" + name + "`")));
    features.forEach(
        feature -> columns.add(col("`" + schema.features().get(feature).name() + "`")));
    columns.add(col(LogSchema.BUCKET));
    return rowsUpTo(stamp).select(columns.toArray(Column[]::new));
  }

  /**
   * Adds the rows of one run in one commit.
   *
   * @param rows of {@link LogSchema#struct}, each partition holding one bucket
   */
  public void append(RDD<InternalRow> rows, long stamp) {
    Dataset<Row> frame =
        ((org.apache.spark.sql.classic.SparkSession) spark)
            .internalCreateDataFrame(rows, schema.struct(), false);
    try {
      frame.writeTo(name).option("snapshot-property." + RUN, String.valueOf(stamp)).append();
    } catch (NoSuchTableException e) {
      throw new IllegalStateException("table " + name + " is gone while a run writes to it", e);
    }
  }

  /** How many rows the run of this stamp committed; empty if it committed none. */
  public OptionalLong committedRows(long stamp) {
    List<Row> commits =
        spark
            .table(name + ".snapshots")
            .where("summary['%s'] = '%d'".formatted(RUN, stamp))
            .selectExpr("cast(summary['added-records'] as bigint)")
            .collectAsList();
    if (commits.isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(commits.get(0).isNullAt(0) ? 0 : commits.get(0).getLong(0));
  }
}
