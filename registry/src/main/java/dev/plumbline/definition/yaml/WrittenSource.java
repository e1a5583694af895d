package dev.plumbline.definition.yaml;

import dev.plumbline.definition.Source;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.Where;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A source together with the places of what is written of it. */
public final class WrittenSource {
  private final Source source;
  private final Scalar place;
  private final Optional<Scalar> query;
  private final Map<String, WrittenColumn> columns;

  /**
   * A source of a file.
   *
   * @param place the path, the table's name or the database's address
   * @param columns by their names
   */
  WrittenSource(
      Source source, Scalar place, Optional<Scalar> query, Map<String, WrittenColumn> columns) {
    this.source = source;
    this.place = place;
    this.query = query;
    this.columns = Map.copyOf(columns);
  }

  /** One declared column as it is written. */
  record WrittenColumn(Scalar name, Scalar type, Optional<Scalar> expr) {}

  public Source source() {
    return source;
  }

  /** Where the file says where the data lies. */
  public Where place() {
    return place.where();
  }

  /** Where a column is named. */
  public Where name(String column) {
    return written(column).name().where();
  }

  /** Where the type of a column stands. */
  public Where type(String column) {
    return written(column).type().where();
  }

  /** The place of the character at {@code offset} of the expression of a column that has one. */
  public Where expr(String column, int offset) {
    return written(column).expr().orElseThrow().where(offset);
  }

  /** The place of the character at {@code offset} of the query; the source has one. */
  public Where query(int offset) {
    return query.orElseThrow().where(offset);
  }

  private WrittenColumn written(String column) {
    return Objects.requireNonNull(columns.get(column), column);
  }
}
