package dev.plumbline.definition.yaml;

import dev.plumbline.definition.ProblemCode;
import dev.plumbline.definition.Source.Column;
import dev.plumbline.type.Field;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.YamlMapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks up declared columns by what a definition calls them. */
final class Columns {
  private Columns() {}

  static Optional<Column> find(Scalar name, List<Column> columns) {
    for (Column column : columns) {
      if (column.name().equals(name.text())) {
        return Optional.of(column);
      }
    }
    return name.unknown(
        ProblemCode.UNKNOWN_COLUMN, "column", columns.stream().map(Column::name).toList());
  }

  /**
   * Reads a mapping from each of {@code keys} to the column that holds it.
   *
   * @param whose keys they are, for messages
   * @return the columns in the order of the keys
   */
  static Map<String, String> ofKeys(
      YamlMapping mapping, List<Field> keys, String whose, List<Column> columns) {
    Map<String, String> found = new LinkedHashMap<>();
    for (Field key : keys) {
      mapping
          .requireScalar(key.name(), "some_column")
          .flatMap(name -> ofKey(name, key, whose, columns))
          .ifPresent(column -> found.put(key.name(), column));
    }
    mapping.rejectUnknownKeys();
    return found;
  }

  private static Optional<String> ofKey(
      Scalar name, Field key, String whose, List<Column> columns) {
    Optional<Column> column = find(name, columns);
    if (column.isPresent() && !column.get().type().equals(key.type())) {
      return name.reject(
          "column",
          ProblemCode.TYPE_MISMATCH
              .found(
                  "is of type %s, but key '%s' of %s is %s",
                  column.get().type(), key.name(), whose, key.type())
              .expected("the same")
              .remedy("cast it in the column's expr"));
    }
    return column.map(Column::name);
  }

  /** For messages where the mapping itself may be left out. */
  static String example(List<Field> keys) {
    return "{"
        + String.join(", ", keys.stream().map(key -> key.name() + ": some_column").toList())
        + "}";
  }
}
