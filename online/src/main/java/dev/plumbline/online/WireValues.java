package dev.plumbline.online;

import dev.plumbline.type.Bytes;
import dev.plumbline.type.CanonicalValue;
import dev.plumbline.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between the Java forms of the wire and canonical values: they differ in binary only. */
final class WireValues {
  private WireValues() {}

  static @Nullable Object toWire(DataType type, @Nullable Object canonical) {
    if (canonical == null) {
      return null;
    }
    if (canonical instanceof Bytes bytes) {
      return bytes.toByteArray();
    }
    if (type instanceof DataType.ArrayOf array && array.element() == DataType.Primitive.BINARY) {
      List<@Nullable Object> elements = new ArrayList<>();
      ((List<?>) canonical).forEach(element -> elements.add(toWire(array.element(), element)));
      return elements;
    }
    return canonical;
  }

  /**
   * The canonical value of one that came over the wire.
   *
   * @throws IllegalArgumentException if it is not a value of that type
   * @throws ArithmeticException if a decimal has more digits after the point than the type
   */
  static @Nullable Object toCanonical(DataType type, @Nullable Object value) {
    return CanonicalValue.of(type, withBytes(value));
  }

  private static @Nullable Object withBytes(@Nullable Object value) {
    if (value instanceof byte[] content) {
      return Bytes.owning(content);
    }
    if (value instanceof List<?> elements) {
      List<@Nullable Object> converted = new ArrayList<>(elements.size());
      elements.forEach(element -> converted.add(withBytes(element)));
      return converted;
    }
    return value;
  }
}
