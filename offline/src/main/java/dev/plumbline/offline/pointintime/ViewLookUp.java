package dev.plumbline.offline.pointintime;

import dev.plumbline.expression.SparkTypes;
import dev.plumbline.offline.log.RowBatch;
import dev.plumbline.timeline.AsOfRule;
import dev.plumbline.timeline.PointInTime;
import dev.plumbline.timeline.Status;
import dev.plumbline.timeline.Visibility;
import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * How one view answers the labels of a bucket: its rule, its runs, and the types of the features
 * that are kept of its rows.
 *
 * @param keys how many columns stand before the times
 */
record ViewLookUp(AsOfRule rule, Visibility visibility, int keys, DataType[] features)
    implements Serializable {
  private static final int NONE = -1;
  private static final long TIME_BYTES = 40;
  private static final Map<Status, UTF8String> NAMES = new EnumMap<>(Status.class);

  static {
    for (Status status : Status.values()) {
      NAMES.put(status, UTF8String.fromString(status.name()));
    }
  }

  /** About how much memory it takes to keep what is said to one label: times, status, features. */
  long answerBytes() {
    return TIME_BYTES + Arrays.stream(features).mapToLong(ValueColumn::bytes).sum();
  }

  static ViewLookUp of(RoleRead read, int keys) {
    DataType[] types =
        read.features().stream()
            .map(feature -> SparkTypes.of(read.view().fields().get(feature).type()))
            .toArray(DataType[]::new);
    return new ViewLookUp(
        new AsOfRule(read.view().timing()), read.log().ledger().visibility(), keys, types);
  }

  /**
   * What it says to each label.
   *
   * @param rows of its table in this bucket: keys, times, tombstone, the features that are kept,
   *     and others
   */
  Answers answer(BucketLabels labels, Iterator<RowBatch> rows) {
    PointInTime newest = new PointInTime(labels.instants(), visibility);
    KeptRows kept = new KeptRows(features, keys + 3, labels.instants().length);
    while (rows.hasNext()) {
      keepNewest(rows.next(), newest, labels, kept);
    }
    labels.resolve(newest);
    return answers(labels, newest, kept);
  }

  /**
   * What is kept of a row is not read before another one stays elsewhere: where rows come in the
   * order of time, most are replaced by the next.
   */
  private void keepNewest(RowBatch batch, PointInTime newest, BucketLabels labels, KeptRows kept) {
    int place = NONE;
    int last = NONE;
    for (int i = 0; i < batch.size(); i++) {
      InternalRow row = batch.row(i);
      int entity = labels.entity(row);
      int at = entity < 0 ? NONE : offer(row, newest, labels, entity);
      if (at >= 0) {
        if (at != place && place >= 0) {
          kept.keep(place, batch.row(last));
        }
        place = at;
        last = i;
      }
    }
    if (place >= 0) {
      kept.keep(place, batch.row(last));
    }
  }

  private int offer(InternalRow row, PointInTime newest, BucketLabels labels, int entity) {
    return newest.offer(
        labels.first(entity),
        labels.first(entity + 1),
        row.getLong(keys),
        row.getLong(keys + 1),
        row.getLong(keys + 2));
  }

  private Answers answers(BucketLabels labels, PointInTime newest, KeptRows kept) {
    UTF8String[] statuses = new UTF8String[labels.size()];
    int[] rows = new int[labels.size()];
    for (int label = 0; label < rows.length; label++) {
      int place = labels.place(label);
      int row = place < 0 ? NONE : newest.newest(place);
      Status status = Status.MISSING;
      if (row >= 0 && !kept.isTombstone(row)) {
        long instant = labels.instants()[place];
        OptionalLong refresh = visibility.newestRefresh(instant);
        long age = rule.age(newest.eventTime(place), refresh.orElse(instant), instant);
        status = rule.status(age, labels.maxAge(label));
      }
      statuses[label] = NAMES.get(status);
      rows[label] = status == Status.PRESENT ? row : NONE;
    }
    return new Answers(statuses, rows, kept.values());
  }

  /**
   * A status per label, and where its values are.
   *
   * @param rows of each label the number under which its values are kept; {@link #NONE} if it is
   *     given none
   */
  record Answers(UTF8String[] statuses, int[] rows, ValueColumn[] values) {
    int width() {
      return 1 + values.length;
    }

    UTF8String status(int label) {
      return statuses[label];
    }

    boolean isNull(int label, int feature) {
      return rows[label] == NONE || values[feature].isNull(rows[label]);
    }

    /** A value that is not null, of a type of at most 64 bits. */
    long bits(int label, int feature) {
      return values[feature].bits(rows[label]);
    }

    /** The value as an object; null if there is none. */
    @Nullable Object object(int label, int feature) {
      return rows[label] == NONE ? null : values[feature].object(rows[label]);
    }
  }
}
