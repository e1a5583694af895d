package dev.plumbline.offline.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/**
 * Two sides of rows, each sorted by {@link RowKeys#HASH}, as one group per entity that either side
 * has. A side's rows are turned into values one at a time as they come, since Spark may use a row
 * object again.
 */
public final class MergedByKey<L, R> implements Iterator<MergedByKey.Group<L, R>> {
  /**
   * All rows of one entity.
   *
   * @param key a row whose first columns are its keys, and whose last is their hash
   */
  public record Group<L, R>(InternalRow key, List<L> left, List<R> right) {
    private static <L, R> Group<L, R> of(InternalRow key) {
      return new Group<>(key, new ArrayList<>(), new ArrayList<>());
    }
  }

  private final RowKeys keys;
  private final Side<L> left;
  private final Side<R> right;

  /** The groups of one hash: one, unless entities share it. */
  private final Queue<Group<L, R>> ready = new ArrayDeque<>(1);

  public MergedByKey(
      RowKeys keys,
      Iterator<InternalRow> left,
      Function<InternalRow, L> readLeft,
      Iterator<InternalRow> right,
      Function<InternalRow, R> readRight) {
    this.keys = keys;
    this.left = new Side<>(left, readLeft);
    this.right = new Side<>(right, readRight);
  }

  @Override
  public boolean hasNext() {
    return !ready.isEmpty() || left.head() != null || right.head() != null;
  }

  @Override
  public Group<L, R> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (ready.isEmpty()) {
      long hash = leastHash();
      for (InternalRow row = left.headOf(hash); row != null; row = left.headOf(hash)) {
        group(row).left().add(left.take(row));
      }
      for (InternalRow row = right.headOf(hash); row != null; row = right.headOf(hash)) {
        group(row).right().add(right.take(row));
      }
    }
    return ready.remove();
  }

  private long leastHash() {
    InternalRow one = left.head();
    InternalRow other = right.head();
    if (one == null || other == null) {
      return RowKeys.hash(one == null ? Objects.requireNonNull(other) : one);
    }
    return Math.min(RowKeys.hash(one), RowKeys.hash(other));
  }

  private Group<L, R> group(InternalRow row) {
    for (Group<L, R> group : ready) {
      if (keys.same(group.key(), row)) {
        return group;
      }
    }
    Group<L, R> group = Group.of(row.copy());
    ready.add(group);
    return group;
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

    @Nullable InternalRow headOf(long hash) {
      InternalRow row = head();
      return row != null && RowKeys.hash(row) == hash ? row : null;
    }

    T take(InternalRow row) {
      head = null;
      return read.apply(row);
    }
  }
}
