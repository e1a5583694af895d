package dev.plumbline.offline.log;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.NarrowDependency;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.physical.KeyGroupedPartitioning;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Rows in exactly one partition per bucket, partition i holding bucket i, so that several can be
 * zipped. A scan of a table has a partition only for each bucket with rows; here the others stand,
 * empty, in their places.
 */
public final class BucketedRows<T> extends RDD<T> {
  private static final long serialVersionUID = 1;
  private static final int NONE = -1;

  private final transient RDD<T> rows;
  private final int[] partitionOfBucket;

  private BucketedRows(RDD<T> rows, int[] partitionOfBucket) {
    super(
        rows.context(),
        CollectionConverters.asScala(
                List.<Dependency<?>>of(new OneBucket<>(rows, partitionOfBucket)))
            .toSeq(),
        rows.elementClassTag());
    this.rows = rows;
    this.partitionOfBucket = partitionOfBucket;
  }

  /**
   * The rows of a table's scan, where they lie: nothing is moved.
   *
   * @param scan with the column {@link LogSchema#BUCKET}, and sorted within partitions if at all
   */
  public static JavaRDD<InternalRow> ofTable(Dataset<Row> scan) {
    var execution = scan.queryExecution();
    return inBuckets(execution.toRdd(), execution.executedPlan());
  }

  /**
   * The rows of a table's scan as its files are decoded: nothing is moved, and no row is copied.
   * Filters choose files, not rows: rows that they exclude may be among them.
   *
   * @param scan some columns of a table, in its order, and filters
   */
  public static JavaRDD<RowBatch> ofFiles(Dataset<Row> scan) {
    SparkPlan files = scan.queryExecution().sparkPlan().collectLeaves().head();
    List<String> columns =
        CollectionConverters.asJava(files.output()).stream().map(Attribute::name).toList();
    if (!columns.equals(List.of(scan.columns()))) {
      throw new IllegalStateException(
          "files are read for %s (expected: %s)".formatted(columns, List.of(scan.columns())));
    }
    JavaRDD<RowBatch> batches =
        files.supportsColumnar()
            ? files.executeColumnar().toJavaRDD().map(RowBatch::of)
            : files.execute().toJavaRDD().map(RowBatch::of);
    return inBuckets(batches.rdd(), files);
  }

  private static <T> JavaRDD<T> inBuckets(RDD<T> rows, SparkPlan plan) {
    int[] partitionOfBucket = new int[FeatureTable.BUCKETS];
    Arrays.fill(partitionOfBucket, NONE);
    if (plan.outputPartitioning() instanceof KeyGroupedPartitioning grouped) {
      int partition = 0;
      for (InternalRow value : CollectionConverters.asJava(grouped.partitionValues())) {
        if (partitionOfBucket[value.getInt(0)] != NONE) {
          throw new IllegalStateException("the scan has two partitions of bucket " + value);
        }
        partitionOfBucket[value.getInt(0)] = partition++;
      }
    } else if (rows.getNumPartitions() > 0) {
      throw new IllegalStateException(
          "the scan is not grouped by bucket but " + plan.outputPartitioning());
    }
    return new BucketedRows<>(rows, partitionOfBucket).toJavaRDD();
  }

  /** Any rows that have the column {@link LogSchema#BUCKET}, moved to their buckets. */
  public static JavaRDD<InternalRow> moved(Dataset<Row> rows) {
    RDD<InternalRow> moved =
        moved(
            rows.repartitionById(FeatureTable.BUCKETS, functions.col(LogSchema.BUCKET)),
            FeatureTable.BUCKETS);
    return areGone(moved) ? none(rows.sparkSession()) : moved.toJavaRDD();
  }

  /** Any rows that have the column {@link RowKeys#HASH}, moved to their buckets, sorted by it. */
  public static JavaRDD<InternalRow> movedByHash(Dataset<Row> rows) {
    Column hash = functions.col(RowKeys.HASH);
    RDD<InternalRow> moved =
        moved(
            rows.repartitionById(HashSlices.ALL, HashSlices.of(hash)).sortWithinPartitions(hash),
            HashSlices.ALL);
    return areGone(moved) ? none(rows.sparkSession()) : HashSlices.joined(moved);
  }

  private static RDD<InternalRow> moved(Dataset<Row> divided, int partitions) {
    RDD<InternalRow> moved = divided.queryExecution().toRdd();
    if (!areGone(moved) && moved.getNumPartitions() != partitions) {
      throw new IllegalStateException(
          "rows were moved to %d partitions (expected: %d)"
              .formatted(moved.getNumPartitions(), partitions));
    }
    return moved;
  }

  /** Spark moves nothing where it finds out that there are no rows. */
  private static boolean areGone(RDD<InternalRow> moved) {
    return moved.getNumPartitions() == 0;
  }

  /** No rows in any bucket. */
  public static JavaRDD<InternalRow> none(SparkSession spark) {
    return new JavaSparkContext(spark.sparkContext()).parallelize(List.of(), FeatureTable.BUCKETS);
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] buckets = new Partition[partitionOfBucket.length];
    for (int bucket = 0; bucket < buckets.length; bucket++) {
      int partition = partitionOfBucket[bucket];
      buckets[bucket] = new Bucket(bucket, partition == NONE ? null : rows.partitions()[partition]);
    }
    return buckets;
  }

  @Override
  public Iterator<T> compute(Partition split, TaskContext context) {
    Partition partition = ((Bucket) split).rows();
    return partition == null
        ? scala.collection.Iterator$.MODULE$.<T>empty()
        : this.<T>firstParent(elementClassTag()).iterator(partition, context);
  }

  private record Bucket(int index, @Nullable Partition rows) implements Partition {}

  /** Bucket i needs the one partition that holds it, or none. */
  private static final class OneBucket<T> extends NarrowDependency<T> implements Serializable {
    private static final long serialVersionUID = 1;

    private final int[] partitionOfBucket;

    OneBucket(RDD<T> rows, int[] partitionOfBucket) {
      super(rows);
      this.partitionOfBucket = partitionOfBucket;
    }

    @Override
    public Seq<Object> getParents(int bucket) {
      List<Object> parents =
          partitionOfBucket[bucket] == NONE ? List.of() : List.of(partitionOfBucket[bucket]);
      return CollectionConverters.asScala(parents).toSeq();
    }
  }
}
