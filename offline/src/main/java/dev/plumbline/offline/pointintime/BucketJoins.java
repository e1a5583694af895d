package dev.plumbline.offline.pointintime;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.Dependency;
import org.apache.spark.OneToOneDependency;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Labels joined bucket by bucket: partition i is what {@link BucketJoin} makes of partition i of
 * the labels and of each table. Where a bucket has more labels than fit into memory, they are
 * joined portion by portion, and the tables are read once for each.
 */
final class BucketJoins extends RDD<InternalRow> {
  private static final long serialVersionUID = 1;
  private static final ClassTag<InternalRow> ROW = ClassTag$.MODULE$.apply(InternalRow.class);

  private final transient List<RDD<InternalRow>> parents;
  private final BucketJoin join;

  private BucketJoins(List<RDD<InternalRow>> parents, BucketJoin join) {
    super(
        parents.get(0).context(),
        CollectionConverters.asScala(
                parents.stream().<Dependency<?>>map(OneToOneDependency::new).toList())
            .toSeq(),
        ROW);
    this.parents = parents;
    this.join = join;
  }

  /**
   * The labels with their answers.
   *
   * @param labels partition i those of bucket i
   * @param tables of each view of the join, partition i the rows of bucket i
   */
  static RDD<InternalRow> of(
      JavaRDD<InternalRow> labels, List<JavaRDD<InternalRow>> tables, BucketJoin join) {
    List<RDD<InternalRow>> parents = new ArrayList<>();
    parents.add(labels.rdd());
    tables.forEach(table -> parents.add(table.rdd()));
    return new BucketJoins(parents, join);
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] buckets = new Partition[parents.get(0).getNumPartitions()];
    for (int bucket = 0; bucket < buckets.length; bucket++) {
      int index = bucket;
      Partition[] rows =
          parents.stream().map(parent -> parent.partitions()[index]).toArray(Partition[]::new);
      buckets[bucket] = new Bucket(bucket, rows);
    }
    return buckets;
  }

  private record Bucket(int index, Partition[] parents) implements Partition {}

  @Override
  public scala.collection.Iterator<InternalRow> compute(Partition split, TaskContext context) {
    return CollectionConverters.asScala(new Portions((Bucket) split, context));
  }

  private final class Portions implements Iterator<InternalRow> {
    private final Bucket bucket;
    private final TaskContext context;
    private final Iterator<InternalRow> labels;
    private Iterator<InternalRow> joined = List.<InternalRow>of().iterator();

    Portions(Bucket bucket, TaskContext context) {
      this.bucket = bucket;
      this.context = context;
      this.labels = rows(0);
    }

    private Iterator<InternalRow> rows(int number) {
      RDD<InternalRow> parent = parent(number, ROW);
      return CollectionConverters.asJava(parent.iterator(bucket.parents()[number], context));
    }

    @Override
    public boolean hasNext() {
      if (!joined.hasNext() && labels.hasNext()) {
        joined = join.join(labels, view -> rows(1 + view));
      }
      return joined.hasNext();
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return joined.next();
    }
  }
}
