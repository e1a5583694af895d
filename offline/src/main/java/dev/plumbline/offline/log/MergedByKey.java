package dev.plumbline.offline.log;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/**
 * Two sides of rows, each sorted by key, as one group per key that either side has. A side's rows
 * are turned into values one at a time as they come, since Spark may use a row object again.
 */
public final class MergedByKey<L, R> implements Iterator<MergedByKey.Group<L, R>> {
  /**
   * All rows of one key.
   *
   * @param key a row whose first columns are the key
   */
  public record Group<L, R>(InternalRow key, List<L> left, List<R> right) {}

  private final KeyOrder order;
  private final Side<L> left;
  private final Side<R> right;

  public MergedByKey(
      KeyOrder order,
      Iterator<InternalRow> left,
      Function<InternalRow, L> readLeft,
      Iterator<InternalRow> right,
      Function<InternalRow, R> readRight) {
    this.order = order;
    this.left = new Side<>(left, readLeft);
    this.right = new Side<>(right, readRight);
  }

  @Override
  public boolean hasNext() {
    return left.head() != null || right.head() != null;
  }

  @Override
  public Group<L, R> next() {
    InternalRow leftHead = left.head();
    InternalRow rightHead = right.head();
    InternalRow key = least(leftHead, rightHead).copy();
    return new Group<>(key, left.take(order, key), right.take(order, key));
  }

  private InternalRow least(@Nullable InternalRow one, @Nullable InternalRow other) {
    if (one == null && other == null) {
      throw new NoSuchElementException();
    }
    if (one == null) {
      return Objects.requireNonNull(other);
    }
    return other == null || order.compare(one, other) <= 0 ? one : other;
  }

  /** One side: the row it stands at, not yet taken. */
  private static final class Side<T> {
    private final Iterator<InternalRow> rows;
    private final Function<InternalRow, T> read;
    private @Nullable InternalRow head;

    Side(Iterator<InternalRow> rows, Function<InternalRow, T> read) {
      this.rows = rows;
      this.read = read;
    }

    @Nullable InternalRow head() {
      if (head == null && rows.hasNext()) {
        head = rows.next();
      }
      return head;
    }

    List<T> take(KeyOrder order, InternalRow key) {
      List<T> taken = new ArrayList<>();
      for (InternalRow row = head(); row != null && order.compare(row, key) == 0; row = head()) {
        taken.add(read.apply(row));
        head = null;
      }
      return taken;
    }
  }
}
