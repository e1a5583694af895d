package dev.plumbline.online;

import dev.plumbline.serving.v1.NamedColumn;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import dev.plumbline.vector.UnknownNameException;
import dev.plumbline.wire.ColumnReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a request that must be exactly the expected ones, in any order.
 *
 * @param where they stand in the request, such as {@code entities.route}
 * @param columns in the order of {@code expected}
 */
record RequestColumns(String where, List<Field> expected, List<ColumnReader> columns) {
  /**
   * The given columns, if they are the expected ones.
   *
   * @throws CallException.Invalid if a column is given twice, unknown, missing, of another type, or
   *     contradicts itself
   */
  static RequestColumns of(String where, List<NamedColumn> given, List<Field> expected) {
    for (int i = 0; i < given.size(); i++) {
      String name = given.get(i).getName();
      if (indexOf(given.subList(0, i), name) >= 0) {
        throw new CallException.Invalid(where + "." + name, "is given twice; give it once");
      }
      if (expected.stream().noneMatch(field -> field.name().equals(name))) {
        List<String> names = expected.stream().map(Field::name).toList();
        throw new CallException.Invalid(where, UnknownNameException.message("column", name, names));
      }
    }
    List<ColumnReader> columns = new ArrayList<>(expected.size());
    for (Field field : expected) {
      int at = indexOf(given, field.name());
      if (at < 0) {
        throw new CallException.Invalid(
            where + "." + field.name(), "is missing (expected: %s)".formatted(field.type()));
      }
      columns.add(reader(where, given.get(at), field));
    }
    return new RequestColumns(where, expected, columns);
  }

  private static int indexOf(List<NamedColumn> columns, String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).getName().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static ColumnReader reader(String where, NamedColumn column, Field field) {
    ColumnReader reader;
    try {
      reader = ColumnReader.of(column.getColumn());
    } catch (IllegalArgumentException e) {
      throw new CallException.Invalid(
          where + "." + field.name(), "contradicts itself: " + e.getMessage());
    }
    if (reader.type().isPresent() && !isKindOf(field.type(), reader.type().get())) {
      throw new CallException.Invalid(
          where + "." + field.name(),
          "has type %s (expected: %s)".formatted(reader.type().get(), field.type()));
    }
    return reader;
  }

  /** Decimals of another precision may still hold values that fit; each is checked. */
  private static boolean isKindOf(DataType expected, String actual) {
    String type = expected.toString();
    return type.equals(actual)
        || type.replaceAll("\\(.*\\)", "").equals(actual.replaceAll("\\(.*\\)", ""));
  }

  /** Of the expected column at a position. */
  String name(int column) {
    return where + "." + expected.get(column).name();
  }

  /** Of the expected column at a position. */
  int rows(int column) {
    return columns.get(column).rows();
  }

  /**
   * The canonical value in a row of the expected column at a position.
   *
   * @throws CallException.Invalid if it does not fit its type
   */
  @Nullable Object value(int column, int row) {
    DataType type = expected.get(column).type();
    try {
      return WireValues.toCanonical(type, columns.get(column).get(row));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new CallException.Invalid(
          name(column), "row %d: %s (expected: %s)".formatted(row, e.getMessage(), type));
    }
  }

  /**
   * Canonical values of the expected column at a position, one per row.
   *
   * @throws CallException.Invalid if one does not fit its type
   */
  List<@Nullable Object> values(int column) {
    List<@Nullable Object> values = new ArrayList<>(rows(column));
    for (int row = 0; row < rows(column); row++) {
      values.add(value(column, row));
    }
    return Collections.unmodifiableList(values);
  }
}
