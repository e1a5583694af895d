package dev.plumbline.offline.push;

import dev.plumbline.offline.RecordDifferences;
import dev.plumbline.offline.RecordDifferences.Kind;
import dev.plumbline.offline.log.BucketedRows;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.offline.log.LogSchema;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineStores;
import dev.plumbline.store.OnlineView;
import dev.plumbline.type.Bytes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Records of a view whose entities its log does not have. One task goes through the keys of the
 * store; they are taken apart by hash, and each part is compared with the keys of the log.
 */
final class ForeignRecords {
  private final FeatureTable table;
  private final OnlineStores stores;
  private final OnlineView view;

  ForeignRecords(FeatureTable table, OnlineStores stores, OnlineView view) {
    this.table = table;
    this.stores = stores;
    this.view = view;
  }

  /** Them, beside the runs up to {@code stamp}. */
  RecordDifferences find(long stamp, BucketComparison.Work work) {
    LogSchema schema = table.schema();
    JavaRDD<Bytes> known =
        BucketedRows.ofTable(table.rowsUpTo(stamp, List.of()))
            .mapPartitions(rows -> entities(schema, rows));
    Found found = new Found(stores, view, new EntityText(schema.keys()), work);
    return held(known)
        .subtract(known, FeatureTable.BUCKETS)
        .distinct(FeatureTable.BUCKETS)
        .mapPartitions(found::of)
        .collect()
        .stream()
        .reduce(RecordDifferences.NONE, RecordDifferences::plus);
  }

  private JavaRDD<Bytes> held(JavaRDD<Bytes> known) {
    OnlineStores openers = stores;
    OnlineView scanned = view;
    return JavaSparkContext.fromSparkContext(known.context())
        .parallelize(List.of(scanned), 1)
        .mapPartitions(
            one -> {
              OnlineStore store = openers.open();
              TaskContext.get()
                  .addTaskCompletionListener((TaskCompletionListener) ended -> store.close());
              return store.entityKeys(scanned);
            });
  }

  private static Iterator<Bytes> entities(LogSchema schema, Iterator<InternalRow> rows) {
    Set<Bytes> entities = new HashSet<>();
    rows.forEachRemaining(row -> entities.add(schema.entityKey(row)));
    return entities.iterator();
  }

  /** What becomes of the foreign keys of one part. */
  private record Found(
      OnlineStores stores, OnlineView view, EntityText entities, BucketComparison.Work work)
      implements Serializable {
    Iterator<RecordDifferences> of(Iterator<Bytes> foreign) {
      List<Bytes> keys = new ArrayList<>();
      foreign.forEachRemaining(keys::add);
      if (work == BucketComparison.Work.MEND && !keys.isEmpty()) {
        try (OnlineStore store = stores.open()) {
          WantedTask.check(TaskContext.get());
          store.delete(view, keys);
        }
      }
      return keys.stream().map(this::one).iterator();
    }

    private RecordDifferences one(Bytes key) {
      return RecordDifferences.one(
          Kind.FOREIGN, entities.of(key), "the store has a record, and the log no row");
    }
  }
}
