package dev.plumbline.offline.log;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/** Of rows that are sorted by {@link RowKeys#HASH}, the newest of each entity. */
final class NewestOfKey implements Iterator<InternalRow> {
  private final LogSchema schema;
  private final RowKeys keys;
  private final Iterator<InternalRow> rows;
  private @Nullable InternalRow head;

  /** The newest rows of one hash: one, unless entities share it. */
  private final List<InternalRow> ready = new ArrayList<>(1);

  NewestOfKey(LogSchema schema, Iterator<InternalRow> rows) {
    this.schema = schema;
    this.keys = new RowKeys(schema.keys());
    this.rows = rows;
  }

  @Override
  public boolean hasNext() {
    return !ready.isEmpty() || head != null || rows.hasNext();
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (ready.isEmpty()) {
      InternalRow row = head == null ? rows.next() : head;
      long hash = RowKeys.hash(row);
      offer(row);
      head = null;
      while (head == null && rows.hasNext()) {
        row = rows.next();
        if (RowKeys.hash(row) == hash) {
          offer(row);
        } else {
          head = row;
        }
      }
    }
    return ready.remove(ready.size() - 1);
  }

  private void offer(InternalRow row) {
    for (int i = 0; i < ready.size(); i++) {
      InternalRow known = ready.get(i);
      if (keys.same(known, row)) {
        if (schema.time(row).compareTo(schema.time(known)) > 0) {
          ready.set(i, row.copy());
        }
        return;
      }
    }
    ready.add(row.copy());
  }
}
