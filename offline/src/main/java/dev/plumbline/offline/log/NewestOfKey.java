package dev.plumbline.offline.log;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/** Of rows that are sorted by key, the newest of each key. */
final class NewestOfKey implements Iterator<InternalRow> {
  private final LogSchema schema;
  private final KeyOrder order;
  private final Iterator<InternalRow> rows;
  private @Nullable InternalRow head;

  NewestOfKey(LogSchema schema, Iterator<InternalRow> rows) {
    this.schema = schema;
    this.order = new KeyOrder(schema.keys());
    this.rows = rows;
  }

  @Override
  public boolean hasNext() {
    return head != null || rows.hasNext();
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    InternalRow newest = head == null ? rows.next().copy() : head;
    head = null;
    while (head == null && rows.hasNext()) {
      InternalRow row = rows.next();
      if (order.compare(row, newest) != 0) {
        head = row.copy();
      } else if (schema.time(row).compareTo(schema.time(newest)) > 0) {
        newest = row.copy();
      }
    }
    return newest;
  }
}
