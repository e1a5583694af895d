package dev.plumbline.type;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one Java form of a value, so that {@code equals} is equality of features: -0.0 is 0.0, there
 * is one NaN and it equals itself, decimals have their type's scale, instants are floored to the
 * microsecond.
 */
public final class CanonicalValue {
  private CanonicalValue() {}

  /**
   * {@code value} in the form that {@link DataType} promises.
   *
   * @throws IllegalArgumentException if it is not a value of that type
   */
  public static @Nullable Object of(DataType type, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (type instanceof DataType.Decimal decimal && value instanceof BigDecimal number) {
      return rescaled(decimal, number);
    }
    if (type instanceof DataType.ArrayOf array && value instanceof List<?> elements) {
      List<@Nullable Object> canonical = new ArrayList<>(elements.size());
      for (Object element : elements) {
        canonical.add(of(array.element(), element));
      }
      return Collections.unmodifiableList(canonical);
    }
    if (type instanceof DataType.Primitive primitive && javaForm(primitive).isInstance(value)) {
      return primitive(primitive, value);
    }
    throw new IllegalArgumentException(
        "%s (%s) is not a value of type %s"
            .formatted(value, value.getClass().getSimpleName(), type));
  }

  public static double of(double value) {
    return Double.isNaN(value) ? Double.NaN : value + 0.0;
  }

  public static float of(float value) {
    return Float.isNaN(value) ? Float.NaN : value + 0.0f;
  }

  private static Object primitive(DataType.Primitive type, Object value) {
    return switch (type) {
      case DOUBLE -> of((double) value);
      case FLOAT -> of((float) value);
      case TIMESTAMP -> ((Instant) value).truncatedTo(ChronoUnit.MICROS);
      default -> value;
    };
  }

  private static BigDecimal rescaled(DataType.Decimal type, BigDecimal value) {
    BigDecimal scaled = value.setScale(type.scale(), RoundingMode.UNNECESSARY);
    if (scaled.precision() > type.precision()) {
      throw new IllegalArgumentException(
          "%s has more than %d digits (%s)".formatted(value, type.precision(), type));
    }
    return scaled;
  }

  private static Class<?> javaForm(DataType.Primitive type) {
    return switch (type) {
      case BOOLEAN -> Boolean.class;
      case INT -> Integer.class;
      case BIGINT -> Long.class;
      case FLOAT -> Float.class;
      case DOUBLE -> Double.class;
      case STRING -> String.class;
      case BINARY -> Bytes.class;
      case DATE -> LocalDate.class;
      case TIMESTAMP -> Instant.class;
    };
  }
}
