package dev.plumbline.definition.yaml;

import dev.plumbline.definition.Source.BadRows;
import dev.plumbline.definition.Source.Format;
import dev.plumbline.yaml.Form;
import dev.plumbline.yaml.Key;
import dev.plumbline.yaml.Keys;

/** What a {@code source} document may say. */
final class SourceKeys {
  static final Key NAME =
      NameKeys.of(Kind.SOURCE, "Rows with an event time, and perhaps an arrival time.");
  static final Key FORMAT =
      Key.required("format", Form.oneOf(Format.values()), "parquet", "How the data is written.");
  static final Key PATH =
      Key.required(
              "path",
              Form.TEXT,
              "data/flights.parquet",
              "Where the files lie, relative to the project; bind in plumb.yaml names another place.")
          .where(FORMAT, "parquet", "csv", "json");
  static final Key ICEBERG_TABLE =
      Key.required(
              "table",
              Form.TEXT,
              "catalog.namespace.table",
              "The table with its catalog; bind in plumb.yaml names another.")
          .where(FORMAT, "iceberg");
  static final Key URL =
      Key.required(
              "url",
              Form.DATABASE,
              "jdbc:postgresql://host/database",
              "The database, without a password; bind in plumb.yaml names another.")
          .where(FORMAT, "jdbc");
  static final Key TABLE =
      Key.optional("table", Form.TEXT, "The table of the database, or else a query.")
          .where(FORMAT, "jdbc");
  static final Key QUERY =
      Key.optional(
          "query",
          Form.TEXT,
          "Its rows are the raw rows: Spark SQL over the table raw; with jdbc, the database's own SQL.");
  static final Key BAD_ROWS =
      Key.optional(
              "bad_rows",
              Form.oneOf(BadRows.values()),
              "What becomes of rows that are not what is declared; fail unless set.")
          .where(FORMAT, "csv", "json");
  static final Key CONSTANT =
      Key.required(
          "constant", Form.INSTANT, "2001-01-01T00:00:00Z", "The event time of every row.");
  static final Keys CONSTANT_TIME = Keys.of("event_time", CONSTANT);
  static final Key EVENT_TIME =
      Key.required(
          "event_time",
          Form.either(Form.NAME, new Form.Mapping(CONSTANT_TIME)),
          "happened_at, or {constant: 2001-01-01T00:00:00Z}",
          "The declared column, a timestamp, that says when a row happened.");
  static final Key ARRIVAL_TIME =
      Key.optional(
          "arrival_time",
          Form.NAME,
          "The declared column, a timestamp, that says when a row was known.");
  static final Key ZONE =
      Key.optional(
          "zone",
          Form.TEXT,
          "Of raw timestamps without one, such as Europe/Berlin; UTC unless set.");
  static final Key EXPR =
      Key.optional(
          "expr", Form.TEXT, "Spark SQL over the raw columns; else the raw column of that name.");
  static final Keys COLUMN = Keys.of("column", FieldKeys.NAME, FieldKeys.TYPE, EXPR);
  static final Key COLUMNS =
      Key.required(
          "columns",
          Form.listOf(COLUMN),
          "[{name: id, type: string}]",
          "What features see of the rows; nothing else.");
  static final Keys ALL =
      Keys.of(
          "source",
          NAME,
          FORMAT,
          PATH,
          ICEBERG_TABLE,
          URL,
          TABLE,
          QUERY,
          BAD_ROWS,
          EVENT_TIME,
          ARRIVAL_TIME,
          ZONE,
          COLUMNS,
          AboutKeys.OWNER,
          AboutKeys.DESCRIPTION,
          AboutKeys.TAGS);

  private SourceKeys() {}
}
