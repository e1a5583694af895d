package dev.plumbline.wire;

import com.google.protobuf.ByteString;
import dev.plumbline.serving.v1.Column;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The values of a column that came over the wire, in the Java forms that {@link ColumnWriter} takes
 * them. Immutable.
 */
public final class ColumnReader {
  private final Optional<String> type;
  private final int rows;
  private final BitSet absent;
  private final IntFunction<Object> values;

  private ColumnReader(Optional<String> type, int rows, BitSet absent, IntFunction<Object> values) {
    this.type = type;
    this.rows = rows;
    this.absent = absent;
    this.values = values;
  }

  /**
   * A reader of {@code column}.
   *
   * @throws IllegalArgumentException if the column contradicts itself
   */
  public static ColumnReader of(Column column) {
    return switch (column.getValuesCase()) {
      case BOOLEANS -> of(column, "boolean", column.getBooleans().getValuesList());
      case INTS -> of(column, "int", column.getInts().getValuesList());
      case BIGINTS -> of(column, "bigint", column.getBigints().getValuesList());
      case FLOATS -> of(column, "float", column.getFloats().getValuesList());
      case DOUBLES -> of(column, "double", column.getDoubles().getValuesList());
      case STRINGS -> of(column, "string", column.getStrings().getValuesList());
      case BINARIES -> binaries(column);
      case DATES -> dates(column);
      case TIMESTAMPS -> timestamps(column);
      case DECIMALS -> decimals(column);
      case ARRAYS -> arrays(column);
      case VALUES_NOT_SET -> of(column, Collections.nCopies(column.getAbsentCount(), ""));
    };
  }

  private static ColumnReader of(Column column, List<?> untyped) {
    BitSet absent = absent(column, untyped.size());
    return new ColumnReader(Optional.empty(), untyped.size(), absent, untyped::get);
  }

  private static ColumnReader of(Column column, String type, List<?> values) {
    return of(column, type, values.size(), values::get);
  }

  private static ColumnReader of(Column column, String type, int rows, IntFunction<Object> values) {
    return new ColumnReader(Optional.of(type), rows, absent(column, rows), values);
  }

  private static BitSet absent(Column column, int rows) {
    BitSet absent = new BitSet();
    for (int row : column.getAbsentList()) {
      if (row < absent.length() || row >= rows) {
        throw new IllegalArgumentException(
            "absent row %s of %d (expected: ascending rows from 0)"
                .formatted(Integer.toUnsignedString(row), rows));
      }
      absent.set(row);
    }
    return absent;
  }

  private static ColumnReader binaries(Column column) {
    List<ByteString> values = column.getBinaries().getValuesList();
    return of(column, "binary", values.size(), row -> values.get(row).toByteArray());
  }

  private static ColumnReader dates(Column column) {
    List<Integer> days = column.getDates().getDaysList();
    return of(column, "date", days.size(), row -> LocalDate.ofEpochDay(days.get(row)));
  }

  private static ColumnReader timestamps(Column column) {
    List<Long> micros = column.getTimestamps().getMicrosList();
    return of(column, "timestamp", micros.size(), row -> WireTime.instant(micros.get(row)));
  }

  private static ColumnReader decimals(Column column) {
    int precision = column.getDecimals().getPrecision();
    int scale = column.getDecimals().getScale();
    if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
      throw new IllegalArgumentException(
          "decimal(%s,%s) (expected: 1 <= precision <= 38, 0 <= scale <= precision)"
              .formatted(Integer.toUnsignedString(precision), Integer.toUnsignedString(scale)));
    }
    List<ByteString> values = column.getDecimals().getUnscaledList();
    for (ByteString value : values) {
      if (value.isEmpty() || value.size() > 16) {
        throw new IllegalArgumentException(
            "a decimal of %d bytes (expected: 1 to 16)".formatted(value.size()));
      }
    }
    return of(
        column,
        "decimal(" + precision + "," + scale + ")",
        values.size(),
        row -> new BigDecimal(new BigInteger(values.get(row).toByteArray()), scale));
  }

  private static ColumnReader arrays(Column column) {
    ColumnReader elements = of(column.getArrays().getElements());
    if (elements.type.filter(type -> type.startsWith("array")).isPresent()) {
      throw new IllegalArgumentException("an array of arrays (expected: an array of values)");
    }
    List<Integer> lengths = column.getArrays().getLengthsList();
    int[] from = new int[lengths.size() + 1];
    for (int row = 0; row < lengths.size(); row++) {
      from[row + 1] = from[row] + lengths.get(row);
      if (from[row + 1] < from[row] || from[row + 1] > elements.rows) {
        throw new IllegalArgumentException(
            "arrays longer than their %d elements together".formatted(elements.rows));
      }
    }
    if (from[lengths.size()] != elements.rows) {
      throw new IllegalArgumentException(
          "arrays of %d elements together (expected: %d)"
              .formatted(from[lengths.size()], elements.rows));
    }
    return new ColumnReader(
        elements.type.map(type -> "array<" + type + ">"),
        lengths.size(),
        absent(column, lengths.size()),
        row -> elements.values(from[row], from[row + 1]));
  }

  /**
   * As definitions write it; absent if neither the column nor, of arrays, its elements have one.
   */
  public Optional<String> type() {
    return type;
  }

  public int rows() {
    return rows;
  }

  /** The value in a row; null if it has none. */
  public @Nullable Object get(int row) {
    return absent.get(row) ? null : values.apply(row);
  }

  /** One per row; an unmodifiable list that may hold nulls. */
  public List<@Nullable Object> values() {
    return values(0, rows);
  }

  private List<@Nullable Object> values(int from, int to) {
    List<@Nullable Object> some = new ArrayList<>(to - from);
    for (int row = from; row < to; row++) {
      some.add(get(row));
    }
    return Collections.unmodifiableList(some);
  }
}
