package dev.plumbline.offline.pointintime;

import dev.plumbline.offline.pointintime.ViewLookUp.Answers;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.SpecificInternalRow;
import org.apache.spark.sql.types.DataType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The answers of one role's views to the labels of one bucket.
 *
 * <p>Labels are held in memory; the tables stream by in any order, and of each only the newest
 * visible row per instant is kept.
 */
final class BucketJoin implements Serializable {
  private static final long serialVersionUID = 1;

  private final LabelColumns columns;
  private final List<ViewLookUp> views;
  private final long maxBytes;

  /**
   * A join of labels with views.
   *
   * @param maxBytes how large the rows of labels may be, all in all, that are held at once
   */
  BucketJoin(LabelColumns columns, List<ViewLookUp> views, long maxBytes) {
    this.columns = columns;
    this.views = List.copyOf(views);
    this.maxBytes = maxBytes;
  }

  /**
   * Labels followed by their answers: as many as may be held in memory, 1 at least. The row object
   * is used again.
   *
   * @param labels not empty; the others are left in it
   * @param tables for the number of a view its rows in this bucket, from the first on
   */
  Iterator<InternalRow> join(
      Iterator<InternalRow> labels, IntFunction<Iterator<InternalRow>> tables) {
    BucketLabels portion = BucketLabels.read(labels, columns, maxBytes);
    List<Answers> answers = new ArrayList<>(views.size());
    for (int view = 0; view < views.size(); view++) {
      answers.add(views.get(view).answer(portion, tables.apply(view)));
    }
    return new Joined(portion, answers);
  }

  private final class Joined implements Iterator<InternalRow> {
    private final BucketLabels bucket;
    private final List<Answers> answers;
    private final InternalRow answered;
    private final JoinedRow row = new JoinedRow();
    private int next;

    Joined(BucketLabels bucket, List<Answers> answers) {
      this.bucket = bucket;
      this.answers = answers;
      List<DataType> columns = views.stream().flatMap(view -> view.columns().stream()).toList();
      this.answered = new SpecificInternalRow(CollectionConverters.asScala(columns).toSeq());
    }

    @Override
    public boolean hasNext() {
      return next < bucket.size();
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      int at = 0;
      for (int view = 0; view < answers.size(); view++) {
        answers.get(view).put(next, answered, at);
        at += answers.get(view).width();
      }
      return row.apply(bucket.label(next++), answered);
    }
  }
}
