package dev.plumbline.offline.pointintime;

import dev.plumbline.offline.pointintime.ViewLookUp.Answers;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.jspecify.annotations.Nullable;

/**
 * What all views say to one label, as a row: for each view its status, then its features. Nothing
 * is copied into it, it looks where the answers are kept.
 */
final class AnswerRow extends GenericInternalRow {
  private static final long serialVersionUID = 1;
  private static final int STATUS = -1;

  /** Of each column the view, and which of its features; {@link #STATUS}: its status. */
  private final transient Answers[] views;

  private final transient int[] features;
  private transient int label;

  /** The answers to label 0. */
  AnswerRow(List<Answers> answers) {
    super(answers.stream().mapToInt(Answers::width).sum());
    views = new Answers[numFields()];
    features = new int[views.length];
    int at = 0;
    for (Answers view : answers) {
      for (int feature = STATUS; feature < view.width() - 1; feature++) {
        views[at] = view;
        features[at++] = feature;
      }
    }
  }

  /** The answers to this label from now on. */
  void turnTo(int label) {
    this.label = label;
  }

  @Override
  public void update(int at, Object value) {
    throw new UnsupportedOperationException("answers are only read");
  }

  @Override
  public void setNullAt(int at) {
    throw new UnsupportedOperationException("answers are only read");
  }

  @Override
  public boolean isNullAt(int at) {
    return features[at] != STATUS && views[at].isNull(label, features[at]);
  }

  @Override
  public long getLong(int at) {
    return views[at].bits(label, features[at]);
  }

  @Override
  public int getInt(int at) {
    return (int) getLong(at);
  }

  @Override
  public double getDouble(int at) {
    return Double.longBitsToDouble(getLong(at));
  }

  @Override
  public float getFloat(int at) {
    return Float.intBitsToFloat(getInt(at));
  }

  @Override
  public boolean getBoolean(int at) {
    return getLong(at) == 1;
  }

  @Override
  public @Nullable Object genericGet(int at) {
    return features[at] == STATUS ? views[at].status(label) : views[at].object(label, features[at]);
  }
}
