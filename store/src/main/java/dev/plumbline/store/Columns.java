package dev.plumbline.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of typed, nullable values as bytes: a bitmap of nulls, the slots of all columns, the
 * tail of those that do not fit theirs.
 */
final class Columns {
  private final List<Column> columns;
  private final int bitmap;
  private final int slots;

  Columns(List<Column> columns) {
    this(columns, columns.stream().mapToInt(Column::width).sum());
  }

  /** {@code count} times the same column. */
  Columns(Column column, int count) {
    this(Collections.nCopies(count, column), Math.multiplyExact(count, column.width()));
  }

  private Columns(List<Column> columns, int slots) {
    this.columns = columns;
    this.bitmap = (columns.size() + 7) / 8;
    this.slots = slots;
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
    if (in.remaining() < bitmap + slots) {
      throw new UnreadableBytesException(
          "%d bytes of columns (expected: at least %d)".formatted(in.remaining(), bitmap + slots));
    }
    ByteBuffer fixed = in.slice().position(bitmap);
    ByteBuffer tail = in.slice().position(bitmap + slots);
    List<@Nullable Object> values = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if ((fixed.get(i / 8) >> i % 8 & 1) == 1) {
        fixed.position(fixed.position() + column.width());
        values.add(null);
      } else {
        values.add(column.read(fixed, tail));
      }
    }
    if (tail.hasRemaining()) {
      throw new UnreadableBytesException(tail.remaining() + " bytes after the last column");
    }
    return Collections.unmodifiableList(values);
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
