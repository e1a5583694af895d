package dev.plumbline.offline.pointintime;

import dev.plumbline.expression.SparkNames;
import dev.plumbline.expression.SparkTypes;
import dev.plumbline.offline.log.BucketedRows;
import dev.plumbline.offline.log.KeyBuckets;
import dev.plumbline.offline.log.LogSchema;
import dev.plumbline.offline.log.RowKeys;
import dev.plumbline.type.Field;
import dev.plumbline.vector.ServicePlan.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Adds to labels what all views of one role answer: a status per view, and the features that are
 * needed.
 */
final class RoleJoin {
  private final Role role;
  private final List<RoleRead> reads;
  private final long maxBytes;

  /**
   * A join of one role.
   *
   * @param maxBytes how large labels and their answers may be, all in all, that a task holds at
   *     once
   */
  RoleJoin(Role role, List<RoleRead> reads, long maxBytes) {
    this.role = role;
    this.reads = List.copyOf(reads);
    this.maxBytes = maxBytes;
  }

  static String key(int index) {
    return PointInTimeJoin.OWN + "key_" + index;
  }

  /**
   * The labels, in another order, with the answers behind their columns; the key columns are gone.
   */
  Dataset<Row> join(Dataset<Row> labels, boolean limited) {
    Dataset<Row> bucketed = bucketed(labels);
    RowKeys keys = new RowKeys(role.entity().keys());
    BucketJoin join =
        new BucketJoin(
            LabelColumns.of(bucketed.schema(), keys, limited),
            reads.stream().map(read -> ViewLookUp.of(read, keyNames().size())).toList(),
            maxBytes);
    RDD<InternalRow> joined;
    try (TableScans tables = new TableScans(reads)) {
      JavaRDD<InternalRow> moved = BucketedRows.moved(bucketed);
      joined = BucketJoins.of(moved, tables.get(), join);
    }
    var spark = (org.apache.spark.sql.classic.SparkSession) labels.sparkSession();
    return spark
        .internalCreateDataFrame(joined, schema(bucketed.schema()), false)
        .drop(keyNames().toArray(String[]::new))
        .drop(LogSchema.BUCKET);
  }

  private List<String> keyNames() {
    return IntStream.range(0, role.entity().keys().size()).mapToObj(RoleJoin::key).toList();
  }

  /** The keys first, and the bucket last. */
  private Dataset<Row> bucketed(Dataset<Row> labels) {
    List<Column> keys = keyNames().stream().map(functions::col).toList();
    List<Column> columns = new ArrayList<>(keys);
    Stream.of(labels.columns())
        .filter(column -> !keyNames().contains(column))
        .map(SparkNames::column)
        .forEach(columns::add);
    columns.add(KeyBuckets.of(keys).as(LogSchema.BUCKET));
    return labels.select(columns.toArray(Column[]::new));
  }

  private StructType schema(StructType labels) {
    StructType schema = labels;
    for (RoleRead read : reads) {
      schema = schema.add(RoleRead.statusColumn(read.index()), DataTypes.StringType, false);
      List<Field> fields = read.view().fields();
      for (int feature : read.features()) {
        schema =
            schema.add(
                RoleRead.valueColumn(read.index(), feature),
                SparkTypes.of(fields.get(feature).type()),
                true);
      }
    }
    return schema;
  }
}
