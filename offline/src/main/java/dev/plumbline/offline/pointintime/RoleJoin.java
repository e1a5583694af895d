package dev.plumbline.offline.pointintime;

import static org.apache.spark.sql.functions.col;

import dev.plumbline.expression.SparkTypes;
import dev.plumbline.offline.log.BucketedRows;
import dev.plumbline.offline.log.KeyBuckets;
import dev.plumbline.offline.log.LogSchema;
import dev.plumbline.timeline.Run;
import dev.plumbline.type.Field;
import dev.plumbline.vector.ServicePlan.Role;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Adds to labels what all views of one role answer: a status per view, and the features that are
 * needed.
 */
final class RoleJoin {
  private final Role role;
  private final List<RoleRead> reads;

  RoleJoin(Role role, List<RoleRead> reads) {
    this.role = role;
    this.reads = List.copyOf(reads);
  }

  static String key(int index) {
    return PointInTimeJoin.OWN + "key_" + index;
  }

  /**
   * The labels, in another order, with the answers behind their columns; the key columns are gone.
   */
  Dataset<Row> join(Dataset<Row> labels, boolean limited) {
    List<String> names =
        IntStream.range(0, role.entity().keys().size()).mapToObj(RoleJoin::key).toList();
    List<Column> keys = names.stream().map(name -> col(name)).toList();
    List<Column> order = new ArrayList<>(keys);
    order.add(col(PointInTimeJoin.TIME));
    Dataset<Row> bucketed = labels.withColumn(LogSchema.BUCKET, KeyBuckets.of(keys));
    JavaRDD<InternalRow> sorted = BucketedRows.moved(bucketed, order);
    BucketJoin join = new BucketJoin(bucketed.schema(), keys.size(), reads, limited);
    JavaRDD<InternalRow> joined = sorted.zipPartitions(tables(), join::join);
    var spark = (org.apache.spark.sql.classic.SparkSession) labels.sparkSession();
    Dataset<Row> all =
        spark.internalCreateDataFrame(joined.rdd(), schema(bucketed.schema()), false);
    return all.drop(names.toArray(String[]::new)).drop(LogSchema.BUCKET);
  }

  /** In each bucket one iterator per view, in the order of {@link #reads}. */
  private JavaRDD<Iterator<InternalRow>> tables() {
    return reads.stream()
        .map(read -> BucketedRows.ofTable(rows(read)))
        .map(
            rows -> rows.<Iterator<InternalRow>>mapPartitions(bucket -> List.of(bucket).iterator()))
        .reduce((some, more) -> some.zipPartitions(more, RoleJoin::concatenated))
        .orElseThrow();
  }

  private static Dataset<Row> rows(RoleRead read) {
    long position = read.log().ledger().last().map(Run::stamp).orElse(Long.MIN_VALUE);
    return read.log().table().rowsUpTo(position, read.features());
  }

  private static <T> Iterator<T> concatenated(Iterator<T> some, Iterator<T> more) {
    List<T> all = new ArrayList<>();
    some.forEachRemaining(all::add);
    more.forEachRemaining(all::add);
    return all.iterator();
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
