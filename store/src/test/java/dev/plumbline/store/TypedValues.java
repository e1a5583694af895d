package dev.plumbline.store;

import dev.plumbline.type.Bytes;
import dev.plumbline.type.CanonicalValue;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.ArrayOf;
import dev.plumbline.type.DataType.Decimal;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import dev.plumbline.type.Micros;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random types and canonical values of them, nulls and extremes included, from one seed. */
final class TypedValues {
  private static final long[] LONGS = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 53};
  private static final double[] DOUBLES = {
    0, 1e16, -1e-300, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
  };
  private static final String[] STRINGS = {"", "a", "\u0000", "größe", "\uD83D\uDE80", "}|{:"};

  private final Random random;

  TypedValues(long seed) {
    random = new Random(seed);
  }

  List<Field> fields(int atMost) {
    return IntStream.range(0, random.nextInt(atMost + 1))
        .mapToObj(i -> new Field("f" + i, type()))
        .toList();
  }

  private DataType type() {
    DataType scalar = scalar();
    return random.nextInt(4) == 0 ? new ArrayOf(scalar) : scalar;
  }

  private DataType scalar() {
    Primitive[] primitives = Primitive.values();
    int choice = random.nextInt(primitives.length + 2);
    if (choice < primitives.length) {
      return primitives[choice];
    }
    int precision = 1 + random.nextInt(38);
    return new Decimal(precision, random.nextInt(precision + 1));
  }

  List<@Nullable Object> row(List<Field> fields) {
    List<@Nullable Object> row = new ArrayList<>();
    fields.forEach(field -> row.add(value(field.type())));
    return row;
  }

  /** Arrays may have some. */
  List<@Nullable Object> rowWithoutNulls(List<Field> fields) {
    List<@Nullable Object> row = new ArrayList<>();
    fields.forEach(field -> row.add(CanonicalValue.of(field.type(), raw(field.type()))));
    return row;
  }

  private @Nullable Object value(DataType type) {
    if (random.nextInt(6) == 0) {
      return null;
    }
    return CanonicalValue.of(type, raw(type));
  }

  private Object raw(DataType type) {
    if (type instanceof ArrayOf array) {
      List<@Nullable Object> elements = new ArrayList<>();
      int count = random.nextInt(20);
      for (int i = 0; i < count; i++) {
        elements.add(value(array.element()));
      }
      return elements;
    }
    if (type instanceof Decimal decimal) {
      BigInteger bound = BigInteger.TEN.pow(decimal.precision());
      BigInteger digits = new BigInteger(140, random).mod(bound);
      return new BigDecimal(random.nextBoolean() ? digits : digits.negate(), decimal.scale());
    }
    return switch ((Primitive) type) {
      case BOOLEAN -> random.nextBoolean();
      case INT -> (int) aLong();
      case BIGINT -> aLong();
      case FLOAT -> (float) aDouble();
      case DOUBLE -> aDouble();
      case STRING -> STRINGS[random.nextInt(STRINGS.length)].repeat(random.nextInt(30));
      case BINARY -> Bytes.owning(bytes(random.nextInt(40)));
      case DATE -> LocalDate.ofEpochDay((int) aLong());
      case TIMESTAMP -> Micros.instant(aLong() / 2);
    };
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  long aLong() {
    return random.nextBoolean() ? LONGS[random.nextInt(LONGS.length)] : random.nextLong();
  }

  /** Any stamp that a run may have. */
  long aStamp() {
    return aLong() >> (Long.SIZE - 8 * RunStamp.BYTES);
  }

  private double aDouble() {
    return random.nextBoolean() ? DOUBLES[random.nextInt(DOUBLES.length)] : random.nextGaussian();
  }
}
