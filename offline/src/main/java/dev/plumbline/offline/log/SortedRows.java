package dev.plumbline.offline.log;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/**
 * Rows of two sides, each sorted by {@link RowKeys#HASH}, in one order. A row may be used again by
 * its side once the next one is asked for.
 */
final class SortedRows implements Iterator<InternalRow> {
  private final Iterator<InternalRow> left;
  private final Iterator<InternalRow> right;
  private @Nullable InternalRow leftHead;
  private @Nullable InternalRow rightHead;

  SortedRows(Iterator<InternalRow> left, Iterator<InternalRow> right) {
    this.left = left;
    this.right = right;
  }

  @Override
  public boolean hasNext() {
    if (leftHead == null && left.hasNext()) {
      leftHead = left.next();
    }
    if (rightHead == null && right.hasNext()) {
      rightHead = right.next();
    }
    return leftHead != null || rightHead != null;
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    InternalRow one = leftHead;
    InternalRow other = rightHead;
    if (one != null && (other == null || RowKeys.hash(one) <= RowKeys.hash(other))) {
      leftHead = null;
      return one;
    }
    rightHead = null;
    return Objects.requireNonNull(other);
  }
}
