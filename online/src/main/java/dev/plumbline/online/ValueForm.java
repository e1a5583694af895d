package dev.plumbline.online;

import dev.plumbline.serving.v1.Column;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Micros;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/**
 * How values of a type go from a record into a reply without being objects: as the bits of their
 * slot in the record, or, texts and bytes, from elsewhere in it.
 */
enum ValueForm {
  BOOLEAN(Column.BOOLEANS_FIELD_NUMBER, 1),
  INT(Column.INTS_FIELD_NUMBER, 4),
  BIGINT(Column.BIGINTS_FIELD_NUMBER, 8),
  FLOAT(Column.FLOATS_FIELD_NUMBER, 4),
  DOUBLE(Column.DOUBLES_FIELD_NUMBER, 8),
  STRING(Column.STRINGS_FIELD_NUMBER, 4),
  BINARY(Column.BINARIES_FIELD_NUMBER, 4),
  DATE(Column.DATES_FIELD_NUMBER, 4),
  TIMESTAMP(Column.TIMESTAMPS_FIELD_NUMBER, 8);

  private static final byte[] NOTHING = {};

  private final int field;
  private final int width;

  ValueForm(int field, int width) {
    this.field = field;
    this.width = width;
  }

  static ValueForm of(DataType.Primitive type) {
    return switch (type) {
      case BOOLEAN -> BOOLEAN;
      case INT -> INT;
      case BIGINT -> BIGINT;
      case FLOAT -> FLOAT;
      case DOUBLE -> DOUBLE;
      case STRING -> STRING;
      case BINARY -> BINARY;
      case DATE -> DATE;
      case TIMESTAMP -> TIMESTAMP;
    };
  }

  /** The field of {@code Column} that holds values of this form. */
  int field() {
    return field;
  }

  /** Bytes of a slot. */
  int width() {
    return width;
  }

  /** Whether its eight bytes are in a reply as in a record, but for their order. */
  boolean isCopiedLong() {
    return this == DOUBLE || this == TIMESTAMP;
  }

  /** Whether the slot holds the length of what lies elsewhere. */
  boolean isElsewhere() {
    return this == STRING || this == BINARY;
  }

  /**
   * A canonical value of this form.
   *
   * @param bits of one that does not lie elsewhere
   * @param content of one that does
   */
  record Value(long bits, byte[] content) {}

  /** A canonical value of this form, to be copied into replies. */
  Value value(Object canonical) {
    return isElsewhere() ? new Value(0, content(canonical)) : new Value(bits(canonical), NOTHING);
  }

  private long bits(Object value) {
    return switch (this) {
      case BOOLEAN -> (boolean) value ? 1 : 0;
      case INT -> (int) value;
      case BIGINT -> (long) value;
      case FLOAT -> Float.floatToIntBits((float) value);
      case DOUBLE -> Double.doubleToLongBits((double) value);
      case DATE -> ((LocalDate) value).toEpochDay();
      case TIMESTAMP -> Micros.of((Instant) value);
      case STRING, BINARY -> throw new IllegalArgumentException(this + " lies elsewhere");
    };
  }

  private static byte[] content(Object value) {
    return value instanceof Bytes bytes
        ? bytes.toByteArray()
        : ((String) value).getBytes(StandardCharsets.UTF_8);
  }
}
