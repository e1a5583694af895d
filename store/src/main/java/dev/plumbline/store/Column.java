package dev.plumbline.store;

import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Micros;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** How the values of one type, nulls aside, lie in a record. Numbers are big-endian. */
sealed interface Column {
  /** Bytes that every value takes among the fixed-width columns. */
  int width();

  void write(Object value, ByteBuffer slots, ByteArrayOutputStream tail);

  /** Reads what {@link #write} wrote, and moves both buffers past it. */
  Object read(ByteBuffer slots, ByteBuffer tail);

  /** Whether any bytes of the right length are a value. */
  boolean takesAny();

  /** Moves both buffers as {@link #read} does, and throws as it does. */
  void skip(ByteBuffer slots, ByteBuffer tail);

  /** A column whose values fit their slot. */
  record Fixed(
      int width,
      BiConsumer<ByteBuffer, Object> writer,
      Function<ByteBuffer, Object> reader,
      boolean takesAny)
      implements Column {
    Fixed(int width, BiConsumer<ByteBuffer, Object> writer, Function<ByteBuffer, Object> reader) {
      this(width, writer, reader, true);
    }

    @Override
    public void skip(ByteBuffer slots, ByteBuffer tail) {
      if (takesAny) {
        slots.position(slots.position() + width);
      } else {
        read(slots, tail);
      }
    }

    @Override
    public void write(Object value, ByteBuffer slots, ByteArrayOutputStream tail) {
      writer.accept(slots, value);
    }

    @Override
    public Object read(ByteBuffer slots, ByteBuffer tail) {
      return reader.apply(slots);
    }
  }

  /** A column whose slot holds a length, and whose values lie in the tail. */
  record Variable(
      Function<Object, byte[]> writer, Function<ByteBuffer, Object> reader, boolean takesAny)
      implements Column {
    @Override
    public int width() {
      return Integer.BYTES;
    }

    @Override
    public void write(Object value, ByteBuffer slots, ByteArrayOutputStream tail) {
      byte[] content = writer.apply(value);
      slots.putInt(content.length);
      tail.writeBytes(content);
    }

    @Override
    public Object read(ByteBuffer slots, ByteBuffer tail) {
      int length = length(slots, tail);
      ByteBuffer content = tail.slice(tail.position(), length);
      tail.position(tail.position() + length);
      return reader.apply(content);
    }

    @Override
    public void skip(ByteBuffer slots, ByteBuffer tail) {
      if (takesAny) {
        tail.position(tail.position() + length(slots, tail));
      } else {
        read(slots, tail);
      }
    }

    private static int length(ByteBuffer slots, ByteBuffer tail) {
      int length = slots.getInt();
      if (length < 0 || length > tail.remaining()) {
        throw new UnreadableBytesException(
            "a value of %d bytes where %d are left".formatted(length, tail.remaining()));
      }
      return length;
    }
  }

  static Column of(DataType type) {
    if (type instanceof DataType.Primitive primitive) {
      return ofPrimitive(primitive);
    }
    if (type instanceof DataType.Decimal decimal) {
      return decimal.precision() <= 18 ? ofShortDecimal(decimal) : ofLongDecimal(decimal);
    }
    Column element = of(((DataType.ArrayOf) type).element());
    return new Variable(
        value -> writeArray(element, (List<?>) value), in -> readArray(element, in), false);
  }

  private static Column ofPrimitive(DataType.Primitive type) {
    return switch (type) {
      case BOOLEAN ->
          new Fixed(
              1, (out, value) -> out.put((byte) ((boolean) value ? 1 : 0)), Column::bool, false);
      case INT -> new Fixed(4, (out, value) -> out.putInt((int) value), ByteBuffer::getInt);
      case BIGINT -> new Fixed(8, (out, value) -> out.putLong((long) value), ByteBuffer::getLong);
      case FLOAT -> new Fixed(4, (out, value) -> out.putFloat((float) value), ByteBuffer::getFloat);
      case DOUBLE ->
          new Fixed(8, (out, value) -> out.putDouble((double) value), ByteBuffer::getDouble);
      case DATE ->
          new Fixed(
              4,
              (out, value) -> out.putInt(Math.toIntExact(((LocalDate) value).toEpochDay())),
              in -> LocalDate.ofEpochDay(in.getInt()));
      case TIMESTAMP ->
          new Fixed(
              8,
              (out, value) -> out.putLong(Micros.of((Instant) value)),
              in -> Micros.instant(in.getLong()));
      case STRING ->
          new Variable(
              value -> ((String) value).getBytes(StandardCharsets.UTF_8),
              in -> StandardCharsets.UTF_8.decode(in).toString(),
              true);
      case BINARY ->
          new Variable(value -> ((Bytes) value).toByteArray(), in -> Bytes.owning(rest(in)), true);
    };
  }

  private static boolean bool(ByteBuffer in) {
    byte value = in.get();
    if (value != 0 && value != 1) {
      throw new UnreadableBytesException("boolean %d (expected: 0 or 1)".formatted(value));
    }
    return value == 1;
  }

  /** Up to 18 digits fit a long. */
  private static Column ofShortDecimal(DataType.Decimal type) {
    return new Fixed(
        8,
        (out, value) -> out.putLong(unscaled(type, value).longValueExact()),
        in -> BigDecimal.valueOf(in.getLong(), type.scale()));
  }

  /** Up to 38 digits fit 16 bytes of two's complement. */
  private static Column ofLongDecimal(DataType.Decimal type) {
    return new Fixed(
        16,
        (out, value) -> {
          BigInteger unscaled = unscaled(type, value);
          out.putLong(unscaled.shiftRight(64).longValue()).putLong(unscaled.longValue());
        },
        in -> {
          byte[] twosComplement = new byte[16];
          in.get(twosComplement);
          return new BigDecimal(new BigInteger(twosComplement), type.scale());
        });
  }

  private static BigInteger unscaled(DataType.Decimal type, Object value) {
    BigDecimal decimal = (BigDecimal) value;
    if (decimal.scale() != type.scale() || decimal.precision() > type.precision()) {
      throw new IllegalArgumentException(decimal + " is not a canonical value of type " + type);
    }
    return decimal.unscaledValue();
  }

  /** An array is a count and then a row of that many columns of one type. */
  private static byte[] writeArray(Column element, List<?> values) {
    byte[] content = new Columns(element, values.size()).write(values);
    return ByteBuffer.allocate(Integer.BYTES + content.length)
        .putInt(values.size())
        .put(content)
        .array();
  }

  private static Object readArray(Column element, ByteBuffer in) {
    int count = in.getInt();
    if (count < 0 || (long) count * element.width() > in.remaining()) {
      throw new UnreadableBytesException(
          "an array of %d elements in %d bytes".formatted(count, in.remaining()));
    }
    return new Columns(element, count).read(in);
  }

  private static byte[] rest(ByteBuffer in) {
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    return rest;
  }
}
