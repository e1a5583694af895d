package dev.plumbline.offline.pointintime;

import dev.plumbline.offline.log.RowBatch;
import java.util.ArrayList;
import java.util.Collections;
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
import scala.collection.immutable.Seq;
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
  private static final ClassTag<RowBatch> BATCH = ClassTag$.MODULE$.apply(RowBatch.class);

  private final transient RDD<InternalRow> labels;
  private final transient List<RDD<RowBatch>> tables;
  private final BucketJoin join;

  private BucketJoins(RDD<InternalRow> labels, List<RDD<RowBatch>> tables, BucketJoin join) {
    super(labels.context(), dependencies(labels, tables), ROW);
    this.labels = labels;
    this.tables = tables;
    this.join = join;
  }

  private static Seq<Dependency<?>> dependencies(
      RDD<InternalRow> labels, List<RDD<RowBatch>> tables) {
    List<Dependency<?>> dependencies = new ArrayList<>(List.of(new OneToOneDependency<>(labels)));
    tables.forEach(table -> dependencies.add(new OneToOneDependency<>(table)));
    return CollectionConverters.asScala(dependencies).toSeq();
  }

  /**
   * The labels with their answers.
   *
   * @param labels partition i those of bucket i
   * @param tables of each view of the join, partition i the rows of bucket i
   */
  static RDD<InternalRow> of(
      JavaRDD<InternalRow> labels, List<JavaRDD<RowBatch>> tables, BucketJoin join) {
    return new BucketJoins(labels.rdd(), tables.stream().map(JavaRDD::rdd).toList(), join);
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] buckets = new Partition[labels.getNumPartitions()];
    for (int bucket = 0; bucket < buckets.length; bucket++) {
      int index = bucket;
      buckets[bucket] =
          new Bucket(
              bucket,
              labels.partitions()[bucket],
              tables.stream().map(table -> table.partitions()[index]).toArray(Partition[]::new));
    }
    return buckets;
  }

  private record Bucket(int index, Partition labels, Partition[] tables) implements Partition {}

  @Override
  public scala.collection.Iterator<InternalRow> compute(Partition split, TaskContext context) {
    return CollectionConverters.asScala(new Portions((Bucket) split, context));
  }

  private final class Portions implements Iterator<InternalRow> {
    private final Bucket bucket;
    private final TaskContext context;
    private final Iterator<InternalRow> labels;
    private Iterator<InternalRow> joined = Collections.emptyIterator();

    Portions(Bucket bucket, TaskContext context) {
      this.bucket = bucket;
      this.context = context;
      this.labels = rows(parent(0, ROW), bucket.labels());
    }

    private <T> Iterator<T> rows(RDD<T> parent, Partition partition) {
      return CollectionConverters.asJava(parent.iterator(partition, context));
    }

    private Iterator<RowBatch> table(int view) {
      return rows(parent(1 + view, BATCH), bucket.tables()[view]);
    }

    @Override
    public boolean hasNext() {
      if (!joined.hasNext() && labels.hasNext()) {
        joined = Collections.emptyIterator(); // what it holds is let go before more is read
        joined = join.join(labels, this::table);
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
