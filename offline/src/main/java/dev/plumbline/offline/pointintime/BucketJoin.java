package dev.plumbline.offline.pointintime;

import dev.plumbline.offline.log.RowBatch;
import dev.plumbline.offline.pointintime.ViewLookUp.Answers;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext$;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;

/**
 * The answers of one role's views to the labels of one bucket.
 *
 * <p>Labels are held in memory; the tables stream by in any order, and of each only the newest
 * visible row per instant is kept.
 */
final class BucketJoin implements Serializable {
  private static final long serialVersionUID = 1;

  /** As much as leaves three quarters of the heap to others, were all its tasks to join. */
  static final long SHARE_OF_HEAP = 0;

  private static final int SHARES = 4;

  private final LabelColumns columns;
  private final List<ViewLookUp> views;
  private final long maxBytes;

  /**
   * A join of labels with views.
   *
   * @param maxBytes how large labels and their answers may be, all in all, that are held at once
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
  Iterator<InternalRow> join(Iterator<InternalRow> labels, IntFunction<Iterator<RowBatch>> tables) {
    BucketLabels portion = BucketLabels.read(labels, columns, answerBytes(), maxBytes());
    List<Answers> answers = new ArrayList<>(views.size());
    for (int view = 0; view < views.size(); view++) {
      answers.add(views.get(view).answer(portion, tables.apply(view)));
    }
    return new Joined(portion, answers);
  }

  private long maxBytes() {
    return maxBytes == SHARE_OF_HEAP
        ? Runtime.getRuntime().maxMemory() / tasks(SparkEnv.get().conf()) / SHARES
        : maxBytes;
  }

  /** How many tasks share this heap. */
  private static int tasks(SparkConf settings) {
    int local = SparkContext$.MODULE$.numDriverCores(settings.get("spark.master", ""));
    return local > 0
        ? local
        : settings.getInt("spark.executor.cores", Runtime.getRuntime().availableProcessors());
  }

  private long answerBytes() {
    return views.stream().mapToLong(ViewLookUp::answerBytes).sum();
  }

  private static final class Joined implements Iterator<InternalRow> {
    private final BucketLabels bucket;
    private final AnswerRow answers;
    private final JoinedRow row = new JoinedRow();
    private int next;

    Joined(BucketLabels bucket, List<Answers> answers) {
      this.bucket = bucket;
      this.answers = new AnswerRow(answers);
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
      answers.turnTo(next);
      return row.apply(bucket.label(next++), answers);
    }
  }
}
