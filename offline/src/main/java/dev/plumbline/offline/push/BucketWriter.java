package dev.plumbline.offline.push;

import dev.plumbline.offline.log.LogSchema;
import dev.plumbline.offline.push.Push.Pushed;
import dev.plumbline.store.OnlineRecord;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineStores;
import dev.plumbline.store.OnlineView;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Writes the newest rows of one bucket, over a connection of its own. Doing it again changes
 * nothing, so a task may be tried again.
 */
final class BucketWriter implements FlatMapFunction<Iterator<InternalRow>, Pushed> {
  private static final long serialVersionUID = 1;

  private final LogSchema schema;
  private final OnlineStores stores;
  private final OnlineView view;
  private final PushDeadline deadline;

  BucketWriter(LogSchema schema, OnlineStores stores, OnlineView view, PushDeadline deadline) {
    this.schema = schema;
    this.stores = stores;
    this.view = view;
    this.deadline = deadline;
  }

  @Override
  public Iterator<Pushed> call(Iterator<InternalRow> heads) {
    if (!heads.hasNext()) {
      return List.<Pushed>of().iterator();
    }
    try (OnlineStore store = stores.open()) {
      Records records = new Records(heads, TaskContext.get());
      long written = store.write(view, records);
      return List.of(new Pushed(records.taken, written)).iterator();
    }
  }

  /** The rows as records, while there is time and the task is wanted. */
  private final class Records implements Iterator<OnlineRecord> {
    private final Iterator<InternalRow> heads;
    private final TaskContext task;
    private long taken;

    Records(Iterator<InternalRow> heads, TaskContext task) {
      this.heads = heads;
      this.task = task;
    }

    @Override
    public boolean hasNext() {
      return heads.hasNext();
    }

    @Override
    public OnlineRecord next() {
      WantedTask.check(task);
      deadline.check();
      InternalRow row = heads.next();
      taken++;
      return new OnlineRecord(schema.entityKey(row), schema.featureRow(row));
    }
  }
}
