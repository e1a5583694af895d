package dev.plumbline.online;

import dev.plumbline.serving.v1.NamedColumn;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import dev.plumbline.vector.UnknownNameException;
import dev.plumbline.wire.ColumnReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a request that must be exactly the expected ones, in any order.
 *
 * @param where they stand in the request, such as {@code entities.route}
 */
record RequestColumns(String where, Map<String, ColumnReader> byName) {
  /**
   * The given columns, if they are the expected ones.
   *
   * @throws CallException.Invalid if a column is given twice, unknown, missing, of another type, or
   *     contradicts itself
   */
  static RequestColumns of(String where, List<NamedColumn> given, List<Field> expected) {
    Map<String, ColumnReader> byName = new LinkedHashMap<>();
    for (NamedColumn column : given) {
      String field = where + "." + column.getName();
      if (byName.put(column.getName(), reader(field, column)) != null) {
        throw new CallException.Invalid(field, "is given twice; give it once");
      }
    }
    RequestColumns columns = new RequestColumns(where, byName);
    columns.checkNames(expected);
    expected.forEach(columns::checkType);
    return columns;
  }

  private static ColumnReader reader(String field, NamedColumn column) {
    try {
      return ColumnReader.of(column.getColumn());
    } catch (IllegalArgumentException e) {
      throw new CallException.Invalid(field, "contradicts itself: " + e.getMessage());
    }
  }

  private void checkNames(List<Field> expected) {
    List<String> names = expected.stream().map(Field::name).toList();
    for (String name : byName.keySet()) {
      if (!names.contains(name)) {
        throw new CallException.Invalid(where, UnknownNameException.message("column", name, names));
      }
    }
    for (Field field : expected) {
      if (!byName.containsKey(field.name())) {
        throw new CallException.Invalid(
            where + "." + field.name(), "is missing (expected: %s)".formatted(field.type()));
      }
    }
  }

  private void checkType(Field field) {
    ColumnReader column = column(field);
    if (column.type().isPresent() && !isKindOf(field.type(), column.type().get())) {
      throw new CallException.Invalid(
          where + "." + field.name(),
          "has type %s (expected: %s)".formatted(column.type().get(), field.type()));
    }
  }

  /** Decimals of another precision may still hold values that fit; each is checked. */
  private static boolean isKindOf(DataType expected, String actual) {
    return expected.toString().replaceAll("\\(.*\\)", "").equals(actual.replaceAll("\\(.*\\)", ""));
  }

  private ColumnReader column(Field field) {
    ColumnReader column = byName.get(field.name());
    if (column == null) {
      throw new IllegalStateException(where + "." + field.name() + " was not checked");
    }
    return column;
  }

  int rows(Field field) {
    return column(field).rows();
  }

  /**
   * Canonical values, one per row.
   *
   * @throws CallException.Invalid if one does not fit its type
   */
  List<@Nullable Object> values(Field field) {
    ColumnReader column = column(field);
    List<@Nullable Object> values = new ArrayList<>(column.rows());
    for (int row = 0; row < column.rows(); row++) {
      try {
        values.add(WireValues.toCanonical(field.type(), column.get(row)));
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new CallException.Invalid(
            where + "." + field.name(),
            "row %d: %s (expected: %s)".formatted(row, e.getMessage(), field.type()));
      }
    }
    return Collections.unmodifiableList(values);
  }
}
