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
      return new Bits(size, InternalRow::getLong, bits -> bits);
    }
    if (type instanceof IntegerType || type instanceof DateType) {
      return new Bits(size, InternalRow::getInt, bits -> (int) bits);
    }
    if (type instanceof DoubleType) {
      return new Bits(
          size,
          (row, at) -> Double.doubleToRawLongBits(row.getDouble(at)),
          Double::longBitsToDouble);
    }
    if (type instanceof FloatType) {
      return new Bits(
          size,
          (row, at) -> Float.floatToRawIntBits(row.getFloat(at)),
          bits -> Float.intBitsToFloat((int) bits));
    }
    if (type instanceof BooleanType) {
      return new Bits(size, (row, at) -> row.getBoolean(at) ? 1 : 0, bits -> bits == 1);
    }
    return new Objects(size, type);
  }

  /** Keeps the value in this column of {@code row}, in the place of the one of this number. */
  abstract void set(int number, InternalRow row, int column);

  abstract @Nullable Object get(int number);

  /** Reads a value that is not null. */
  @FunctionalInterface
  private interface Reading {
    long bits(InternalRow row, int column);
  }

  /** Makes the value again. */
  @FunctionalInterface
  private interface Making {
    Object value(long bits);
  }

  private static final class Bits extends ValueColumn {
    private final long[] values;
    private final BitSet nulls = new BitSet();
    private final Reading reading;
    private final Making making;

    Bits(int size, Reading reading, Making making) {
      this.values = new long[size];
      this.reading = reading;
      this.making = making;
    }

    @Override
    void set(int number, InternalRow row, int column) {
      boolean isNull = row.isNullAt(column);
      nulls.set(number, isNull);
      values[number] = isNull ? 0 : reading.bits(row, column);
    }

    @Override
    @Nullable Object get(int number) {
      return nulls.get(number) ? null : making.value(values[number]);
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
    @Nullable Object get(int number) {
      return values[number];
    }
  }
}
