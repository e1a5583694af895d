package dev.plumbline.offline.pointintime;

import dev.plumbline.expression.SparkTypes;
import dev.plumbline.timeline.AsOfRule;
import dev.plumbline.timeline.PointInTime;
import dev.plumbline.timeline.Status;
import dev.plumbline.timeline.Visibility;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one role's views to the labels of one bucket.
 *
 * <p>The labels of the bucket are held in memory, sorted by key and time; the tables stream by in
 * any order, and of each only the newest visible row per label is kept.
 */
final class BucketJoin implements Serializable {
  private static final long serialVersionUID = 1;

  private final LabelColumns columns;
  private final List<Answering> views = new ArrayList<>();

  /**
   * How one view answers: its rule, its runs, and the types of the features that are kept of its
   * rows.
   */
  private record Answering(AsOfRule rule, Visibility visibility, int keys, DataType[] features)
      implements Serializable {}

  /**
   * @param limited whether labels say how old an answer may be
   */
  BucketJoin(StructType labels, int keys, List<RoleRead> reads, boolean limited) {
    columns = LabelColumns.of(labels, keys, limited);
    for (RoleRead read : reads) {
      DataType[] types =
          read.features().stream()
              .map(feature -> SparkTypes.of(read.view().fields().get(feature).type()))
              .toArray(DataType[]::new);
      views.add(
          new Answering(
              new AsOfRule(read.view().timing()), read.log().ledger().visibility(), keys, types));
    }
  }

  /**
   * Each label followed by its answers.
   *
   * @param labels sorted by key and time
   * @param tables for each view its rows in this bucket: keys, times, tombstone, the features that
   *     are kept
   */
  Iterator<InternalRow> join(Iterator<InternalRow> labels, Iterator<Iterator<InternalRow>> tables) {
    BucketLabels bucket = BucketLabels.read(labels, columns);
    int width = views.stream().mapToInt(view -> 1 + view.features().length).sum();
    @Nullable Object[][] answers = new @Nullable Object[bucket.size()][width];
    int at = 0;
    for (Answering view : views) {
      answer(view, bucket, tables.next(), answers, at);
      at += 1 + view.features().length;
    }
    return new Joined(bucket, answers);
  }

  private static void answer(
      Answering view,
      BucketLabels bucket,
      Iterator<InternalRow> rows,
      @Nullable Object[][] answers,
      int at) {
    List<PointInTime<InternalRow>> lookUps = bucket.lookUps(view.visibility());
    int keys = view.keys();
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      int entity = bucket.entity(row);
      if (entity >= 0) {
        lookUps
            .get(entity)
            .offer(row.getLong(keys), row.getLong(keys + 1), row.getLong(keys + 2), row::copy);
      }
    }
    lookUps.forEach(PointInTime::resolve);
    for (int label = 0; label < bucket.size(); label++) {
      answer(view, bucket, label, lookUps, answers[label], at);
    }
  }

  private static void answer(
      Answering view,
      BucketLabels bucket,
      int label,
      List<PointInTime<InternalRow>> lookUps,
      @Nullable Object[] answers,
      int at) {
    InternalRow row = bucket.newest(label, lookUps);
    Status status = Status.MISSING;
    if (row != null && !row.getBoolean(view.keys() + 3)) {
      long instant = bucket.instant(label);
      OptionalLong refresh = view.visibility().newestRefresh(instant);
      long age = view.rule().age(row.getLong(view.keys()), refresh.orElse(instant), instant);
      status = view.rule().status(age, bucket.maxAge(label));
    }
    answers[at] = UTF8String.fromString(status.name());
    for (int i = 0; row != null && status == Status.PRESENT && i < view.features().length; i++) {
      answers[at + 1 + i] = row.get(view.keys() + 4 + i, view.features()[i]);
    }
  }

  /** Labels and answers side by side; the row object is used again. */
  private static final class Joined implements Iterator<InternalRow> {
    private final BucketLabels bucket;
    private final @Nullable Object[][] answers;
    private final JoinedRow row = new JoinedRow();
    private int next;

    Joined(BucketLabels bucket, @Nullable Object[][] answers) {
      this.bucket = bucket;
      this.answers = answers;
    }

    @Override
    public boolean hasNext() {
      return next < answers.length;
    }

    @Override
    public InternalRow next() {
      InternalRow joined = row.apply(bucket.label(next), new GenericInternalRow(answers[next]));
      next++;
      return joined;
    }
  }
}
