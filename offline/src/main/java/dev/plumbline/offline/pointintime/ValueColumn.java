package dev.plumbline.offline.pointintime;

import java.util.BitSet;
import java.util.function.LongFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Values of one feature by number, as Spark's rows hold them. What fits into 64 bits is no object.
 */
abstract class ValueColumn {
  /** A reference, and the headers of what it leads to. */
  private static final long OBJECT_BYTES = 40;

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
    if (type instanceof StringType) {
      return new Texts(size);
    }
    return type instanceof ArrayType ? new Packed(size, type) : new Objects(size, type);
  }

  /** About how much memory a value takes. */
  static long bytes(DataType type) {
    boolean isObject = type.defaultSize() > Long.BYTES || type instanceof ArrayType;
    return isObject ? OBJECT_BYTES + type.defaultSize() : Long.BYTES;
  }

  /** Keeps the value in this column of {@code row}, in the place of the one of this number. */
  abstract void set(int number, InternalRow row, int column);

  abstract boolean isNull(int number);

  /** A value that is not null, of a type of at most 64 bits. */
  abstract long bits(int number);

  /** The value as an object; null if it is null. */
  abstract @Nullable Object object(int number);

  /** Reads a value that is not null. */
  @FunctionalInterface
  private interface Reading {
    long bits(InternalRow row, int column);
  }

  private static final class Bits extends ValueColumn {
    private final long[] values;
    private final BitSet nulls = new BitSet();
    private final Reading reading;
    private final LongFunction<Object> boxing;

    Bits(int size, Reading reading, LongFunction<Object> boxing) {
      this.values = new long[size];
      this.reading = reading;
      this.boxing = boxing;
    }

    @Override
    void set(int number, InternalRow row, int column) {
      boolean isNull = row.isNullAt(column);
      nulls.set(number, isNull);
      values[number] = isNull ? 0 : reading.bits(row, column);
    }

    @Override
    boolean isNull(int number) {
      return nulls.get(number);
    }

    @Override
    long bits(int number) {
      return values[number];
    }

    @Override
    @Nullable Object object(int number) {
      return isNull(number) ? null : boxing.apply(values[number]);
    }
  }

  private static class Objects extends ValueColumn {
    final @Nullable Object[] values;
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
    boolean isNull(int number) {
      return values[number] == null;
    }

    @Override
    long bits(int number) {
      throw new UnsupportedOperationException("an object is no value of 64 bits");
    }

    @Override
    @Nullable Object object(int number) {
      return values[number];
    }
  }

  /** A text that was met lately is kept once: most columns of texts have few of them. */
  private static final class Texts extends Objects {
    private static final int RECENT = 1 << 8;

    private final @Nullable UTF8String[] recent = new @Nullable UTF8String[RECENT];

    Texts(int size) {
      super(size, DataTypes.StringType);
    }

    @Override
    void set(int number, InternalRow row, int column) {
      values[number] = row.isNullAt(column) ? null : kept(row.getUTF8String(column));
    }

    private UTF8String kept(UTF8String text) {
      int place = text.hashCode() & (RECENT - 1);
      UTF8String known = recent[place];
      if (known == null || !known.equals(text)) {
        known = text.copy();
        recent[place] = known;
      }
      return known;
    }
  }

  /**
   * An array in Spark's binary form: others hold an object for each element, or a page of a file.
   */
  private static final class Packed extends Objects {
    private final UnsafeProjection packing;
    private final DataType type;

    Packed(int size, DataType type) {
      super(size, type);
      this.packing = UnsafeProjection.create(new DataType[] {type});
      this.type = type;
    }

    @Override
    void set(int number, InternalRow row, int column) {
      values[number] = row.isNullAt(column) ? null : packed(row.get(column, type));
    }

    private Object packed(Object array) {
      return packing.apply(new GenericInternalRow(new Object[] {array})).getArray(0).copy();
    }
  }
}
