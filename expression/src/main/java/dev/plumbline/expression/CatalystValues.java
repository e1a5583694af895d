package dev.plumbline.expression;

import dev.plumbline.type.Bytes;
import dev.plumbline.type.CanonicalValue;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.ArrayOf;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Micros;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Values between their canonical Java form ({@link DataType}) and the one inside Catalyst's rows:
 * strings as UTF-8, instants as microseconds, dates as days.
 */
public final class CatalystValues {
  private CatalystValues() {}

  /**
   * Catalyst's form of a canonical value.
   *
   * @throws ClassCastException if {@code value} is not of that type
   */
  public static @Nullable Object toCatalyst(DataType type, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (type instanceof DataType.Decimal decimal) {
      return Decimal.apply((BigDecimal) value, decimal.precision(), decimal.scale());
    }
    if (type instanceof ArrayOf array) {
      return toArrayData(array, (List<?>) value);
    }
    return switch ((Primitive) type) {
      case BOOLEAN -> (Boolean) value;
      case INT -> (Integer) value;
      case BIGINT -> (Long) value;
      case FLOAT -> (Float) value;
      case DOUBLE -> (Double) value;
      case STRING -> UTF8String.fromString((String) value);
      case BINARY -> ((Bytes) value).toByteArray();
      case DATE -> Math.toIntExact(((LocalDate) value).toEpochDay());
      case TIMESTAMP -> Micros.of((Instant) value);
    };
  }

  /** The canonical form of a value out of Catalyst's row, which may be reused afterwards. */
  public static @Nullable Object toCanonical(DataType type, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (type instanceof DataType.Decimal) {
      return CanonicalValue.of(type, ((Decimal) value).toJavaBigDecimal());
    }
    if (type instanceof ArrayOf array) {
      return toList(array, (ArrayData) value);
    }
    return switch ((Primitive) type) {
      case BOOLEAN, INT, BIGINT -> value;
      case FLOAT -> CanonicalValue.of((float) value);
      case DOUBLE -> CanonicalValue.of((double) value);
      case STRING -> value.toString();
      case BINARY -> Bytes.copyOf((byte[]) value);
      case DATE -> LocalDate.ofEpochDay((int) value);
      case TIMESTAMP -> Micros.instant((long) value);
    };
  }

  private static ArrayData toArrayData(ArrayOf type, List<?> values) {
    @Nullable Object[] elements = new @Nullable Object[values.size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = toCatalyst(type.element(), values.get(i));
    }
    return new GenericArrayData(elements);
  }

  private static List<@Nullable Object> toList(ArrayOf type, ArrayData values) {
    org.apache.spark.sql.types.DataType element = SparkTypes.of(type.element());
    List<@Nullable Object> list = new ArrayList<>(values.numElements());
    for (int i = 0; i < values.numElements(); i++) {
      list.add(values.isNullAt(i) ? null : toCanonical(type.element(), values.get(i, element)));
    }
    return Collections.unmodifiableList(list);
  }
}
