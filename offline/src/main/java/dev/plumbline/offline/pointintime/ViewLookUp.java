package dev.plumbline.offline.pointintime;

import dev.plumbline.expression.SparkTypes;
import dev.plumbline.timeline.AsOfRule;
import dev.plumbline.timeline.PointInTime;
import dev.plumbline.timeline.Status;
import dev.plumbline.timeline.Visibility;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * How one view answers the labels of a bucket: its rule, its runs, and the types of the features
 * that are kept of its rows.
 *
 * @param keys how many columns stand before the times
 */
record ViewLookUp(AsOfRule rule, Visibility visibility, int keys, DataType[] features)
    implements Serializable {
  private static final Map<Status, UTF8String> NAMES = new EnumMap<>(Status.class);

  static {
    for (Status status : Status.values()) {
      NAMES.put(status, UTF8String.fromString(status.name()));
    }
  }

  static ViewLookUp of(RoleRead read, int keys) {
    DataType[] types =
        read.features().stream()
            .map(feature -> SparkTypes.of(read.view().fields().get(feature).type()))
            .toArray(DataType[]::new);
    return new ViewLookUp(
        new AsOfRule(read.view().timing()), read.log().ledger().visibility(), keys, types);
  }

  /** A status and the features. */
  List<DataType> columns() {
    List<DataType> columns = new ArrayList<>(List.of(DataTypes.StringType));
    columns.addAll(Arrays.asList(features));
    return columns;
  }

  /**
   * What it says to each label.
   *
   * @param rows of its table in this bucket: keys, times, tombstone, the features that are kept,
   *     and others
   */
  Answers answer(BucketLabels labels, Iterator<InternalRow> rows) {
    int size = labels.instants().length;
    PointInTime newest = new PointInTime(labels.instants(), visibility);
    BitSet tombstones = new BitSet();
    ValueColumn[] values = new ValueColumn[features.length];
    Arrays.setAll(values, i -> ValueColumn.of(features[i], size));
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      int entity = labels.entity(row);
      int at = entity < 0 ? -1 : offer(row, newest, labels, entity);
      if (at >= 0) {
        tombstones.set(at, row.getBoolean(keys + 3));
        for (int i = 0; i < values.length; i++) {
          values[i].set(at, row, keys + 4 + i);
        }
      }
    }
    labels.resolve(newest);
    return answers(labels, newest, tombstones, values);
  }

  private int offer(InternalRow row, PointInTime newest, BucketLabels labels, int entity) {
    return newest.offer(
        labels.first(entity),
        labels.first(entity + 1),
        row.getLong(keys),
        row.getLong(keys + 1),
        row.getLong(keys + 2));
  }

  private Answers answers(
      BucketLabels labels, PointInTime newest, BitSet tombstones, ValueColumn[] values) {
    Status[] statuses = new Status[labels.size()];
    int[] rows = new int[labels.size()];
    for (int label = 0; label < rows.length; label++) {
      int place = labels.place(label);
      int row = place < 0 ? -1 : newest.newest(place);
      Status status = Status.MISSING;
      if (row >= 0 && !tombstones.get(row)) {
        long instant = labels.instants()[place];
        OptionalLong refresh = visibility.newestRefresh(instant);
        long age = rule.age(newest.eventTime(place), refresh.orElse(instant), instant);
        status = rule.status(age, labels.maxAge(label));
      }
      statuses[label] = status;
      rows[label] = row;
    }
    return new Answers(statuses, rows, values);
  }

  /**
   * A status per label, and where its values are.
   *
   * @param rows of each label the number under which its values are kept
   */
  record Answers(Status[] statuses, int[] rows, ValueColumn[] values) {
    int width() {
      return 1 + values.length;
    }

    /** Puts the answer to a label into {@code row}, from column {@code first} on. */
    void put(int label, InternalRow row, int first) {
      row.update(first, NAMES.get(statuses[label]));
      for (int i = 0; i < values.length; i++) {
        if (statuses[label] == Status.PRESENT) {
          values[i].put(rows[label], row, first + 1 + i);
        } else {
          row.setNullAt(first + 1 + i);
        }
      }
    }
  }
}
