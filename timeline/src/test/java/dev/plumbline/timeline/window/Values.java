package dev.plumbline.timeline.window;

import dev.plumbline.type.Bytes;
import dev.plumbline.type.CanonicalValue;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.ArrayOf;
import dev.plumbline.type.DataType.Decimal;
import dev.plumbline.type.DataType.Primitive;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random canonical values of every type, the awkward ones often, null now and then. */
final class Values {
  static final List<DataType> TYPES =
      List.of(
          Primitive.BOOLEAN,
          Primitive.INT,
          Primitive.BIGINT,
          Primitive.FLOAT,
          Primitive.DOUBLE,
          Primitive.STRING,
          Primitive.BINARY,
          Primitive.DATE,
          Primitive.TIMESTAMP,
          new Decimal(10, 2),
          new Decimal(38, 20),
          new ArrayOf(Primitive.FLOAT));

  private final Random random;

  Values(Random random) {
    this.random = random;
  }

  @Nullable Object next(DataType type) {
    return random.nextInt(8) == 0 ? null : CanonicalValue.of(type, some(type));
  }

  private Object some(DataType type) {
    if (type instanceof Decimal decimal) {
      int digits = 1 + random.nextInt(decimal.precision() - 2);
      BigInteger unscaled = new BigInteger(digits * 3, random);
      return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), decimal.scale());
    }
    if (type instanceof ArrayOf array) {
      return Arrays.asList(next(array.element()), next(array.element()));
    }
    return switch ((Primitive) type) {
      case BOOLEAN -> random.nextBoolean();
      case INT -> pick(0, 1, -1, 7, Integer.MAX_VALUE, Integer.MIN_VALUE, random.nextInt());
      case BIGINT -> pick(0L, 1L, -1L, 1L << 58, -(1L << 58), random.nextLong() >> 6);
      case FLOAT -> pick(-0.0f, 0.1f, Float.MAX_VALUE, Float.MIN_VALUE, random.nextFloat());
      case DOUBLE -> number();
      case STRING -> pick("", "a", "ä", "\uFFFD", "😀", "a😀", "a\uFFFD", "b" + random.nextInt(9));
      case BINARY -> Bytes.copyOf(new byte[] {(byte) random.nextInt(), (byte) random.nextInt()});
      case DATE -> LocalDate.ofEpochDay(random.nextInt(100_000) - 50_000);
      case TIMESTAMP -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1_000L);
    };
  }

  private double number() {
    return random.nextInt(12) == 0
        ? pick(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
        : pick(
            -0.0,
            0.1,
            -0.1,
            1e16,
            -1e16,
            1.0,
            1e300,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            Double.MIN_NORMAL,
            random.nextGaussian(),
            Math.scalb(random.nextDouble(), random.nextInt(2_000) - 1_000));
  }

  @SafeVarargs
  private <T> T pick(T... values) {
    return Objects.requireNonNull(values[random.nextInt(values.length)]);
  }
}
