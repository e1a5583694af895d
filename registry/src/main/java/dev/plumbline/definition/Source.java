package dev.plumbline.definition;

import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Rows with an event time, and perhaps an arrival time.
 *
 * @param place where the data lies unless {@code plumb.yaml} binds another: a path, the name of an
 *     Iceberg table, or the JDBC address of a database
 * @param zone of timestamps without one in the raw data
 * @param columns declared columns; no others exist for features. In the order of their names when
 *     read from a file, so that moving one changes nothing
 * @param query in the database's own SQL, whose rows are the raw rows; present with JDBC alone
 */
public record Source(
    String name,
    Format format,
    String place,
    EventTime eventTime,
    Optional<String> arrivalTime,
    Optional<ZoneId> zone,
    List<Column> columns,
    Optional<String> query,
    Optional<String> owner,
    Optional<String> description) {
  /** How the data is written. */
  public enum Format {
    PARQUET,
    CSV,
    JSON,
    ICEBERG,
    JDBC
  }

  /** When a row happened. */
  public sealed interface EventTime {
    /** As this declared column says. */
    record ByColumn(String column) implements EventTime {}

    /** At one instant for all, for a table without time. */
    record Constant(Instant instant) implements EventTime {}
  }

  /**
   * One declared column.
   *
   * @param expr Spark SQL over the raw columns; absent: the raw column of the same name
   */
  public record Column(String name, DataType type, Optional<String> expr) {
    public Field field() {
      return new Field(name, type);
    }
  }

  public Source {
    columns = List.copyOf(columns);
  }

  public List<Field> fields() {
    return columns.stream().map(Column::field).toList();
  }
}
