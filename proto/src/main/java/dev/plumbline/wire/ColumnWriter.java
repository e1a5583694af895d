package dev.plumbline.wire;

import dev.plumbline.serving.v1.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the values of one typed column, row by row. Not thread-safe.
 *
 * <p>Values have the Java form of their type: boolean {@code Boolean}, int {@code Integer}, bigint
 * {@code Long}, float {@code Float}, double {@code Double}, decimal {@code BigDecimal}, string
 * {@code String}, binary {@code byte[]}, date {@code LocalDate}, timestamp {@code Instant}, array
 * {@code List}; null is no value.
 */
public final class ColumnWriter {
  private final Column.Builder column = Column.newBuilder();
  private final ColumnSlots<?> slots;
  private int rows;

  private ColumnWriter(ColumnSlots<?> slots) {
    this.slots = slots;
  }

  /**
   * A writer for a type as definitions write it: {@code bigint}, {@code decimal(10,2)}, {@code
   * array<float>}.
   *
   * @throws IllegalArgumentException if there is no such type
   */
  public static ColumnWriter of(String type) {
    return new ColumnWriter(ColumnSlots.of(type));
  }

  /**
   * A column of {@code values}, of the type that the first of them has; without a type if none has.
   *
   * @throws IllegalArgumentException if they are of several types, or of none that exists
   */
  public static Column column(List<? extends @Nullable Object> values) {
    return InferredType.of(values)
        .map(type -> of(type).addAll(values).build())
        .orElseGet(() -> without(values.size()));
  }

  private static Column without(int rows) {
    Column.Builder column = Column.newBuilder();
    for (int row = 0; row < rows; row++) {
      column.addAbsent(row);
    }
    return column.build();
  }

  /**
   * Adds the next row.
   *
   * @throws IllegalArgumentException if the value is not of the column's type
   */
  public void add(@Nullable Object value) {
    if (value == null) {
      slots.addZero();
      column.addAbsent(rows);
    } else {
      slots.add(value);
    }
    rows++;
  }

  public ColumnWriter addAll(Iterable<? extends @Nullable Object> values) {
    for (Object value : values) {
      add(value);
    }
    return this;
  }

  int rows() {
    return rows;
  }

  /** The column so far. */
  public Column build() {
    slots.into(column);
    return column.build();
  }
}
