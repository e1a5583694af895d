package dev.plumbline.offline.push;

import dev.plumbline.offline.RecordDifferences;
import dev.plumbline.offline.RecordDifferences.Kind;
import dev.plumbline.offline.log.LogSchema;
import dev.plumbline.store.OnlineRecord;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineStores;
import dev.plumbline.store.OnlineView;
import dev.plumbline.store.Reading;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.type.Micros;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Compares the newest rows of one bucket with what the store holds under their keys, and, if that
 * is its {@link Work}, puts the rows there where it differs.
 */
final class BucketComparison implements FlatMapFunction<Iterator<InternalRow>, RecordDifferences> {
  private static final long serialVersionUID = 1;
  private static final int RECORDS_AT_ONCE = 1_000;

  /** What is done about a difference. */
  enum Work {
    COUNT,
    MEND
  }

  private final LogSchema schema;
  private final OnlineStores stores;
  private final OnlineView view;
  private final PublicationTimes published;
  private final EntityText entities;
  private final Work work;

  BucketComparison(
      LogSchema schema,
      OnlineStores stores,
      OnlineView view,
      PublicationTimes published,
      Work work) {
    this.schema = schema;
    this.stores = stores;
    this.view = view;
    this.published = published;
    this.entities = new EntityText(schema.keys());
    this.work = work;
  }

  @Override
  public Iterator<RecordDifferences> call(Iterator<InternalRow> heads) {
    RecordDifferences found = RecordDifferences.NONE;
    if (heads.hasNext()) {
      try (OnlineStore store = stores.open()) {
        while (heads.hasNext()) {
          found = found.plus(compare(store, next(heads)));
        }
      }
    }
    return List.of(found).iterator();
  }

  private List<OnlineRecord> next(Iterator<InternalRow> heads) {
    List<OnlineRecord> batch = new ArrayList<>(RECORDS_AT_ONCE);
    while (heads.hasNext() && batch.size() < RECORDS_AT_ONCE) {
      InternalRow row = heads.next();
      batch.add(new OnlineRecord(schema.entityKey(row), schema.featureRow(row)));
    }
    return batch;
  }

  private RecordDifferences compare(OnlineStore store, List<OnlineRecord> expected) {
    Reading held = read(store, expected);
    RecordDifferences found = RecordDifferences.none(expected.size());
    List<OnlineRecord> mended = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      RecordDifferences difference = difference(store, expected.get(i), held.records().get(i));
      if (difference.total() > 0) {
        found = found.plus(difference);
        mended.add(expected.get(i));
      }
    }
    if (work == Work.MEND) {
      WantedTask.check(TaskContext.get());
      store.replace(view, mended);
    }
    return found;
  }

  private Reading read(OnlineStore store, List<OnlineRecord> expected) {
    return StoreAnswers.of(
            store.read(
                List.of(
                    new OnlineStore.Lookup(
                        view, expected.stream().map(OnlineRecord::entityKey).toList()))))
        .get(0);
  }

  private RecordDifferences difference(
      OnlineStore store, OnlineRecord expected, Reading.Found held) {
    FeatureRow row = expected.row();
    if (held instanceof Reading.Found.Absent) {
      return isOver(store, row)
          ? RecordDifferences.NONE
          : one(Kind.ABSENT, expected, "nothing, and the log a row of " + text(row));
    }
    if (held instanceof Reading.Found.Unreadable unreadable) {
      return one(Kind.DAMAGED, expected, "unreadable bytes: " + unreadable.reason());
    }
    FeatureRow other = ((Reading.Found.Present) held).row();
    int order = other.time().compareTo(row.time());
    if (order == 0) {
      return other.equals(row)
          ? RecordDifferences.NONE
          : one(Kind.DIFFERENT, expected, "other values than the log for " + text(row));
    }
    return one(
        order < 0 ? Kind.OLDER : Kind.NEWER,
        expected,
        "a row of %s, and the log one of %s".formatted(text(other), text(row)));
  }

  /** Whether the store has let go of the row, as it is to. */
  private boolean isOver(OnlineStore store, FeatureRow row) {
    return published
        .of(row.time().createdAt())
        .map(written -> !store.keeps(view, row, written))
        .orElse(false);
  }

  private RecordDifferences one(Kind kind, OnlineRecord expected, String detail) {
    return RecordDifferences.one(
        kind, entities.of(expected.entityKey()), "the store has " + detail);
  }

  private static String text(FeatureRow row) {
    RowTime time = row.time();
    return "%s, written by run %s%s"
        .formatted(
            Micros.instant(time.eventTime()),
            Micros.instant(time.createdAt()),
            row.isTombstone() ? " (a tombstone)" : "");
  }
}
