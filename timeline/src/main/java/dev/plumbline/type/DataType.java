package dev.plumbline.type;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a key, a feature or a request value. Its text is its name in definitions, {@link
 * #parse} reads it back.
 *
 * <p>Each has one Java form, which every module exchanges: boolean {@code Boolean}, int {@code
 * Integer}, bigint {@code Long}, float {@code Float}, double {@code Double}, decimal {@code
 * BigDecimal} of exactly the type's scale, string {@code String}, binary {@link Bytes}, date {@code
 * LocalDate}, timestamp {@code Instant} of whole microseconds, array an unmodifiable {@code List}
 * that may hold nulls. SQL's null is Java's null.
 */
public sealed interface DataType extends Serializable {
  /** Types without parameters. */
  enum Primitive implements DataType {
    BOOLEAN,
    INT,
    BIGINT,
    FLOAT,
    DOUBLE,
    STRING,
    BINARY,
    DATE,
    TIMESTAMP;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Exact numbers of at most {@code precision} digits, {@code scale} of them after the point. */
  record Decimal(int precision, int scale) implements DataType {
    public Decimal {
      if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
        throw new IllegalArgumentException(
            "decimal(%d,%d) (expected: 1 <= precision <= 38, 0 <= scale <= precision)"
                .formatted(precision, scale));
      }
    }

    @Override
    public String toString() {
      return "decimal(" + precision + "," + scale + ")";
    }
  }

  /** A sequence of values of one type, nulls allowed; not nested. */
  record ArrayOf(DataType element) implements DataType {
    public ArrayOf {
      if (element instanceof ArrayOf) {
        throw new IllegalArgumentException(
            "array<" + element + "> (expected: an array of a type that is not an array)");
      }
    }

    @Override
    public String toString() {
      return "array<" + element + ">";
    }
  }

  /**
   * The type of this name, in any case and spacing.
   *
   * @throws IllegalArgumentException if there is no such type; the message lists those that are
   */
  static DataType parse(String text) {
    String name = text.toLowerCase(Locale.ROOT).replaceAll("\\s+", "");
    for (Primitive primitive : Primitive.values()) {
      if (primitive.toString().equals(name)) {
        return primitive;
      }
    }
    Matcher decimal = DECIMAL.matcher(name);
    if (decimal.matches()) {
      return new Decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    Matcher array = ARRAY.matcher(name);
    if (array.matches()) {
      return new ArrayOf(parse(array.group(1)));
    }
    throw new IllegalArgumentException(
        "unknown type '%s' (expected: boolean, int, bigint, float, double, decimal(p,s), string, binary, date, timestamp or array<T>)"
            .formatted(text));
  }

  Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}),(\\d{1,2})\\)");
  Pattern ARRAY = Pattern.compile("array<(.+)>");

  /** Whether an entity can be named by values of this type. */
  default boolean isKey() {
    return this == Primitive.BOOLEAN
        || this == Primitive.INT
        || this == Primitive.BIGINT
        || this == Primitive.STRING
        || this == Primitive.DATE;
  }
}
