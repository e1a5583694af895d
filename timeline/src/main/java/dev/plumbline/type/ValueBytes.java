package dev.plumbline.type;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The canonical bytes of a sequence of values: self-delimiting, so that (1, 23) and (12, 3) differ,
 * and the same for equal values whatever computed them. They name an entity and break ties between
 * source rows.
 *
 * <p>A value is one byte, 0 for null and else a tag of its type, followed by its content: fixed
 * width, big-endian, or after a four-byte length. Docs: {@code docs/spec/online-record.md}.
 */
public final class ValueBytes {
  private ValueBytes() {}

  /**
   * The bytes of a list of values.
   *
   * @param values canonical values ({@link CanonicalValue}), one for each type
   */
  public static Bytes of(List<DataType> types, List<? extends @Nullable Object> values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(types, values, new DataOutputStream(bytes));
    return Bytes.owning(bytes.toByteArray());
  }

  /**
   * Writes {@link #of} them.
   *
   * @param memory where writing cannot fail
   */
  public static void write(
      List<DataType> types, List<? extends @Nullable Object> values, DataOutputStream memory) {
    if (types.size() != values.size()) {
      throw new IllegalArgumentException(
          "%d values (expected: %d)".formatted(values.size(), types.size()));
    }
    try {
      for (int i = 0; i < types.size(); i++) {
        write(memory, types.get(i), values.get(i));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
  }

  private static void write(DataOutputStream out, DataType type, @Nullable Object value)
      throws IOException {
    if (value == null) {
      out.writeByte(0);
    } else if (type instanceof DataType.Primitive primitive) {
      out.writeByte(tag(primitive));
      writePrimitive(out, primitive, value);
    } else if (type instanceof DataType.Decimal) {
      out.writeByte(16);
      BigDecimal decimal = (BigDecimal) value;
      out.writeByte(decimal.scale());
      writeSized(out, decimal.unscaledValue().toByteArray());
    } else if (type instanceof DataType.ArrayOf array) {
      out.writeByte(17);
      List<?> elements = (List<?>) value;
      out.writeInt(elements.size());
      for (Object element : elements) {
        write(out, array.element(), element);
      }
    }
  }

  /**
   * The values of an entity's key, from their bytes; empty if {@link #of} never made these of
   * values of these types.
   *
   * @param types of keys: boolean, int, bigint, string, date
   */
  public static Optional<List<@Nullable Object>> keyValues(List<DataType> types, Bytes bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes.toByteArray());
    List<@Nullable Object> values = new ArrayList<>(types.size());
    try {
      for (DataType type : types) {
        values.add(in.get() == 0 ? null : keyValue(in, (DataType.Primitive) type));
      }
      return of(types, values).equals(bytes) ? Optional.of(values) : Optional.empty();
    } catch (BufferUnderflowException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Object keyValue(ByteBuffer in, DataType.Primitive type) {
    return switch (type) {
      case BOOLEAN -> in.get() != 0;
      case INT -> in.getInt();
      case BIGINT -> in.getLong();
      case DATE -> LocalDate.ofEpochDay(in.getInt());
      case STRING -> text(in);
      default -> throw new IllegalArgumentException(type + " is not a type of keys");
    };
  }

  private static String text(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] text = new byte[length];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Stable for ever: keys in the online store begin with it. */
  private static int tag(DataType.Primitive type) {
    return switch (type) {
      case BOOLEAN -> 1;
      case INT -> 2;
      case BIGINT -> 3;
      case FLOAT -> 4;
      case DOUBLE -> 5;
      case STRING -> 6;
      case BINARY -> 7;
      case DATE -> 8;
      case TIMESTAMP -> 9;
    };
  }

  private static void writePrimitive(DataOutputStream out, DataType.Primitive type, Object value)
      throws IOException {
    switch (type) {
      case BOOLEAN -> out.writeBoolean((boolean) value);
      case INT -> out.writeInt((int) value);
      case BIGINT -> out.writeLong((long) value);
      case FLOAT -> out.writeFloat((float) value);
      case DOUBLE -> out.writeDouble((double) value);
      case STRING -> writeSized(out, ((String) value).getBytes(StandardCharsets.UTF_8));
      case BINARY -> writeSized(out, ((Bytes) value).toByteArray());
      case DATE -> out.writeInt(Math.toIntExact(((LocalDate) value).toEpochDay()));
      case TIMESTAMP -> out.writeLong(Micros.of((Instant) value));
    }
  }

  private static void writeSized(DataOutputStream out, byte[] content) throws IOException {
    out.writeInt(content.length);
    out.write(content);
  }
}
