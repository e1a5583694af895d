package dev.plumbline.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of typed, nullable values as bytes: a bitmap of nulls, the slots of all columns, the
 * tail of those that do not fit theirs. Where none is null the bitmap may be left out: {@link
 * #filled}.
 */
final class Columns {
  private final List<Column> columns;

  /** Bytes of it; 0 if there is none. */
  private final int bitmap;

  private final int slots;

  /** Where the slot of each begins, after the first one's. */
  private final int[] slotFrom;

  /** Whether any bytes of the right length are values of all of them. */
  private final boolean plain;

  Columns(List<Column> columns) {
    this(columns, columns.stream().mapToInt(Column::width).sum());
  }

  /** {@code count} times the same column. */
  Columns(Column column, int count) {
    this(Collections.nCopies(count, column), Math.multiplyExact(count, column.width()));
  }

  private Columns(List<Column> columns, int slots) {
    this(columns, slots, (columns.size() + 7) / 8);
  }

  private Columns(List<Column> columns, int slots, int bitmap) {
    this.columns = columns;
    this.bitmap = bitmap;
    this.slots = slots;
    this.slotFrom = new int[columns.size()];
    for (int i = 1; i < slotFrom.length; i++) {
      slotFrom[i] = slotFrom[i - 1] + columns.get(i - 1).width();
    }
    this.plain =
        columns.stream().allMatch(column -> column instanceof Column.Fixed && column.takesAny());
  }

  /** The same of which none is null, without a bitmap; they are only read. */
  Columns filled() {
    return new Columns(columns, slots, 0);
  }

  /** Bytes of nulls before the slots. */
  int bitmap() {
    return bitmap;
  }

  /**
   * Whether no column is null in what {@link #write} gave, so that it is one of {@link #filled}.
   */
  boolean areFilled(byte[] written) {
    for (int i = 0; i < bitmap; i++) {
      if (written[i] != 0) {
        return false;
      }
    }
    return true;
  }

  byte[] write(List<? extends @Nullable Object> values) {
    if (values.size() != columns.size()) {
      throw new IllegalArgumentException(
          "%d values (expected: %d)".formatted(values.size(), columns.size()));
    }
    ByteBuffer fixed = ByteBuffer.allocate(bitmap + slots).position(bitmap);
    ByteArrayOutputStream tail = new ByteArrayOutputStream(0);
    for (int i = 0; i < columns.size(); i++) {
      Object value = values.get(i);
      if (value == null) {
        fixed.put(i / 8, (byte) (fixed.get(i / 8) | 1 << i % 8));
        fixed.position(fixed.position() + columns.get(i).width());
      } else {
        columns.get(i).write(value, fixed, tail);
      }
    }
    return joined(fixed.array(), tail);
  }

  /**
   * The values in {@code in}, which they must fill to its end.
   *
   * @throws UnreadableBytesException if they do not
   */
  List<@Nullable Object> read(ByteBuffer in) {
    List<@Nullable Object> values = new ArrayList<>(Collections.nCopies(columns.size(), null));
    visit(in, (column, at, fixed, tail) -> values.set(at, column.read(fixed, tail)));
    return Collections.unmodifiableList(values);
  }

  /** What is done with each column that is not null; it moves both buffers past the column. */
  @FunctionalInterface
  private interface Visitor {
    void visit(Column column, int at, ByteBuffer slots, ByteBuffer tail);
  }

  private void visit(ByteBuffer in, Visitor visitor) {
    if (in.remaining() < bitmap + slots) {
      throw new UnreadableBytesException(
          "%d bytes of columns (expected: at least %d)".formatted(in.remaining(), bitmap + slots));
    }
    ByteBuffer fixed = in.slice().position(bitmap);
    ByteBuffer tail = in.slice().position(bitmap + slots);
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (bitmap > 0 && (fixed.get(i / 8) >> i % 8 & 1) == 1) {
        fixed.position(fixed.position() + column.width());
      } else {
        visitor.visit(column, i, fixed, tail);
      }
    }
    if (tail.hasRemaining()) {
      throw new UnreadableBytesException(tail.remaining() + " bytes after the last column");
    }
  }

  /**
   * Requires that {@link #read} would read this, without the cost of doing it where all columns are
   * plain.
   *
   * @throws UnreadableBytesException if it would not
   */
  void check(ByteBuffer in) {
    if (!plain || in.remaining() != bitmap + slots) {
      visit(in, (column, at, fixed, tail) -> column.skip(fixed, tail));
    }
  }

  /** Whether a column is null by the bitmap that begins at {@code from}. */
  static boolean isNull(byte[] bytes, int from, int column) {
    return (bytes[from + (column >> 3)] >> (column & 7) & 1) == 1;
  }

  /** Where a column's slot begins, after the first one's. */
  int slot(int column) {
    return slotFrom[column];
  }

  /** Where the tail of a column that has one begins, in a row whose slots begin at {@code from}. */
  int tail(byte[] bytes, int from, int column) {
    int tail = from + slots;
    for (int i = 0; i < column; i++) {
      if (columns.get(i) instanceof Column.Variable
          && !(bitmap > 0 && isNull(bytes, from - bitmap, i))) {
        tail += BigEndian.getInt(bytes, from + slot(i));
      }
    }
    return tail;
  }

  /** The value of a column, which is not null, in a row whose slots begin at {@code from}. */
  Object value(byte[] bytes, int from, int column) {
    ByteBuffer fixed = ByteBuffer.wrap(bytes).position(from + slot(column));
    ByteBuffer tail = ByteBuffer.wrap(bytes).position(tail(bytes, from, column));
    return columns.get(column).read(fixed, tail);
  }

  private static byte[] joined(byte[] fixed, ByteArrayOutputStream tail) {
    if (tail.size() == 0) {
      return fixed;
    }
    return ByteBuffer.allocate(fixed.length + tail.size())
        .put(fixed)
        .put(tail.toByteArray())
        .array();
  }
}
