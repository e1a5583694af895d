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
 * @param query whose rows are the raw rows; absent: all rows of the place. In the database's own
 *     SQL with JDBC, else Spark SQL over the table {@code raw}
 * @param table of the database, with JDBC and without a query alone; where data lies, like the
 *     place
 * @param badRows what becomes of rows that are not what is declared, in formats of text
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
    Optional<String> table,
    BadRows badRows,
    About about) {
  /** How the data is written. */
  public enum Format {
    PARQUET,
    CSV,
    JSON,
    ICEBERG,
    JDBC;

    /** Whether every raw value is a text, which may be anything. */
    public boolean isText() {
      return this == CSV || this == JSON;
    }

    /** Whether the data lies in files, and so perhaps in several places. */
    public boolean isFiles() {
      return this == PARQUET || isText();
    }
  }

  /** What becomes of rows that do not parse, or hold a text that is not of its declared type. */
  public enum BadRows {
    /** Nothing is read while there is one. */
    FAIL,
    /** They are left out, counted, and kept where a person finds them. */
    QUARANTINE
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
