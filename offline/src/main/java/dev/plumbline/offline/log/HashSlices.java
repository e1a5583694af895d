package dev.plumbline.offline.log;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftright;

import java.io.Serializable;
import org.apache.spark.Partition;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import scala.Option;

/**
 * Rows sorted by {@link RowKeys#HASH} slice by slice: each bucket is cut by the first bits of the
 * hash, so that its slices, one after the other, are the bucket in order.
 *
 * <p>Reading sorted rows means a jump through memory for each of them. A slice comes nearer to what
 * a processor's cache holds than a bucket of a large source, and only one slice of a bucket is in
 * memory at a time.
 */
final class HashSlices implements PartitionCoalescer, Serializable {
  private static final long serialVersionUID = 1;
  private static final int BITS = 3;
  private static final int PER_BUCKET = 1 << BITS;

  /** How many partitions the slices of all buckets are. */
  static final int ALL = FeatureTable.BUCKETS * PER_BUCKET;

  /** The partition of a row with this hash, an int. */
  static Column of(Column hash) {
    Column first = shiftright(hash, Long.SIZE - BITS).plus(lit(PER_BUCKET / 2L));
    return KeyBuckets.ofHash(hash)
        .multiply(lit(PER_BUCKET))
        .plus(first)
        .cast(DataTypes.IntegerType);
  }

  /**
   * Each bucket as one partition.
   *
   * @param slices each sorted by hash
   */
  static JavaRDD<InternalRow> joined(RDD<InternalRow> slices) {
    return slices
        .coalesce(FeatureTable.BUCKETS, false, Option.apply(new HashSlices()), null)
        .toJavaRDD();
  }

  @Override
  public PartitionGroup[] coalesce(int buckets, RDD<?> slices) {
    PartitionGroup[] groups = new PartitionGroup[buckets];
    for (int bucket = 0; bucket < buckets; bucket++) {
      groups[bucket] = new PartitionGroup(Option.empty());
      for (int slice = 0; slice < PER_BUCKET; slice++) {
        Partition each = slices.partitions()[bucket * PER_BUCKET + slice];
        groups[bucket].partitions().append(each);
      }
    }
    return groups;
  }
}
