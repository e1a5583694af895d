package dev.plumbline.offline.pointintime;

import java.util.BitSet;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Values of one feature by number, as Spark's rows hold them. What fits into 64 bits is no object.
 */
abstract class ValueColumn {
  static ValueColumn of(DataType type, int size) {
    if (type instanceof LongType || type instanceof TimestampType) {
      return new Bits(size, InternalRow::getLong, InternalRow::setLong);
    }
    if (type instanceof IntegerType || type instanceof DateType) {
      return new Bits(size, InternalRow::getInt, (row, at, bits) -> row.setInt(at, (int) bits));
    }
    if (type instanceof DoubleType) {
      return new Bits(
          size,
          (row, at) -> Double.doubleToRawLongBits(row.getDouble(at)),
          (row, at, bits) -> row.setDouble(at, Double.longBitsToDouble(bits)));
    }
    if (type instanceof FloatType) {
      return new Bits(
          size,
          (row, at) -> Float.floatToRawIntBits(row.getFloat(at)),
          (row, at, bits) -> row.setFloat(at, Float.intBitsToFloat((int) bits)));
    }
    if (type instanceof BooleanType) {
      return new Bits(
          size,
          (row, at) -> row.getBoolean(at) ? 1 : 0,
          (row, at, bits) -> row.setBoolean(at, bits == 1));
    }
    return new Objects(size, type);
  }

  /** Keeps the value in this column of {@code row}, in the place of the one of this number. */
  abstract void set(int number, InternalRow row, int column);

  /** Puts the value of this number into a column of {@code row}. */
  abstract void put(int number, InternalRow row, int column);

  /** Reads a value that is not null. */
  @FunctionalInterface
  private interface Reading {
    long bits(InternalRow row, int column);
  }

  /** Writes it. */
  @FunctionalInterface
  private interface Writing {
    void bits(InternalRow row, int column, long bits);
  }

  private static final class Bits extends ValueColumn {
    private final long[] values;
    private final BitSet nulls = new BitSet();
    private final Reading reading;
    private final Writing writing;

    Bits(int size, Reading reading, Writing writing) {
      this.values = new long[size];
      this.reading = reading;
      this.writing = writing;
    }

    @Override
    void set(int number, InternalRow row, int column) {
      boolean isNull = row.isNullAt(column);
      nulls.set(number, isNull);
      values[number] = isNull ? 0 : reading.bits(row, column);
    }

    @Override
    void put(int number, InternalRow row, int column) {
      if (nulls.get(number)) {
        row.setNullAt(column);
      } else {
        writing.bits(row, column, values[number]);
      }
    }
  }

  private static final class Objects extends ValueColumn {
    private final @Nullable Object[] values;
    private final DataType type;

    Objects(int size, DataType type) {
      this.values = new @Nullable Object[size];
      this.type = type;
    }

    @Override
    void set(int number, InternalRow row, int column) {
      values[number] = row.isNullAt(column) ? null : InternalRow.copyValue(row.get(column, type));
    }

    @Override
    void put(int number, InternalRow row, int column) {
      row.update(column, values[number]);
    }
  }
}
