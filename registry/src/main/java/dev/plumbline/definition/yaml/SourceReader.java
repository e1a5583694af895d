package dev.plumbline.definition.yaml;

import dev.plumbline.definition.About;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.Source.BadRows;
import dev.plumbline.definition.Source.Column;
import dev.plumbline.definition.Source.EventTime;
import dev.plumbline.definition.Source.Format;
import dev.plumbline.definition.yaml.WrittenSource.WrittenColumn;
import dev.plumbline.expression.ExpressionException;
import dev.plumbline.expression.SourceQuery;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.YamlMapping;
import dev.plumbline.yaml.YamlValue;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code source} documents. */
final class SourceReader {
  private final Declarations declarations;
  private final SourceCheck check;

  SourceReader(Declarations declarations, SourceCheck check) {
    this.declarations = declarations;
    this.check = check;
  }

  void read(YamlMapping document) {
    int before = declarations.problems.count();
    Optional<String> name = Names.declare(document, Kind.SOURCE, declarations.sources);
    Optional<Format> format =
        document.requireScalar("format", "parquet").flatMap(s -> s.oneOf(Format.values()));
    if (format.isEmpty()) {
      List.of("path", "table", "url", "query", "bad_rows").forEach(document::has);
    }
    Optional<Scalar> place = format.flatMap(known -> place(document, known));
    Optional<Scalar> query = query(document, format);
    Optional<String> table = format.flatMap(known -> table(document, known));
    Optional<BadRows> badRows = badRows(document, format);
    Map<String, WrittenColumn> written = new HashMap<>();
    List<Column> columns = columns(document, written);
    Optional<EventTime> eventTime =
        document
            .require("event_time", "happened_at, or {constant: 2001-01-01T00:00:00Z}")
            .flatMap(value -> eventTime(value, columns));
    Optional<String> arrivalTime =
        document.scalar("arrival_time").flatMap(column -> timestamp(column, columns));
    Optional<ZoneId> zone = document.scalar("zone").flatMap(Scalar::zone);
    About about = AboutReader.read(document);
    document.rejectUnknownKeys();
    if (declarations.problems.count() == before) {
      Source source =
          new Source(
              name.orElseThrow(),
              format.orElseThrow(),
              place.orElseThrow().text(),
              eventTime.orElseThrow(),
              arrivalTime,
              zone,
              columns,
              query.map(Scalar::text),
              table,
              badRows.orElse(BadRows.FAIL),
              about);
      declarations.sources.add(source.name(), source);
      check.check(new WrittenSource(source, place.get(), query, written), declarations.problems);
    }
  }

  private static Optional<Scalar> place(YamlMapping document, Format format) {
    return switch (format) {
      case PARQUET, CSV, JSON -> document.requireScalar("path", "data/flights.parquet");
      case ICEBERG -> document.requireScalar("table", "catalog.namespace.table");
      case JDBC ->
          document
              .requireScalar("url", "jdbc:postgresql://host/database")
              .filter(url -> url.databaseAddress().isPresent());
    };
  }

  private Optional<Scalar> query(YamlMapping document, Optional<Format> format) {
    Optional<Scalar> query = document.scalar("query");
    query.filter(any -> format.isPresent()).ifPresent(sql -> check(sql, format.orElseThrow()));
    return query;
  }

  private void check(Scalar query, Format format) {
    try {
      if (format == Format.JDBC) {
        SourceQuery.checkForeign(query.text());
      } else {
        SourceQuery.check(query.text());
      }
    } catch (ExpressionException e) {
      declarations.problems.add(query.where(e.offset()), "query: " + e.getMessage());
    }
  }

  /** A database holds many tables: a query names those that it reads, or else {@code table} one. */
  private Optional<String> table(YamlMapping document, Format format) {
    if (format != Format.JDBC) {
      return Optional.empty();
    }
    Optional<Scalar> table = document.scalar("table");
    boolean query = document.has("query");
    if (table.isPresent() && query) {
      declarations.problems.add(
          table.get().where(), "both 'table' and 'query' (expected: one of them); remove one");
    }
    if (table.isEmpty() && !query) {
      declarations.problems.add(
          document.where(),
          "neither 'table' nor 'query' says what to read of the database (expected: one of them); add it, for example table: flights");
    }
    return table.map(Scalar::text);
  }

  private Optional<BadRows> badRows(YamlMapping document, Optional<Format> format) {
    Optional<Scalar> written = document.scalar("bad_rows");
    if (written.isPresent() && format.isPresent() && !format.get().isText()) {
      declarations.problems.add(
          written.get().where(),
          "bad_rows with format %s (expected: csv or json); remove it: values that have a type are never bad",
          format.get().name().toLowerCase(Locale.ROOT));
    }
    return written.flatMap(word -> word.oneOf(BadRows.values()));
  }

  private List<Column> columns(YamlMapping document, Map<String, WrittenColumn> written) {
    List<Column> columns = new ArrayList<>();
    Optional<YamlValue> list = document.require("columns", "[{name: id, type: string}]");
    Fields names = new Fields("column", declarations.problems);
    for (YamlMapping each : list.map(value -> value.mappings("column")).orElse(List.of())) {
      Optional<String> name = names.name(each);
      Optional<Scalar> typeText = each.requireScalar("type", "string");
      Optional<DataType> type = typeText.flatMap(Scalar::dataType);
      Optional<Scalar> expr = each.scalar("expr");
      each.rejectUnknownKeys();
      if (name.isPresent() && type.isPresent()) {
        columns.add(new Column(name.get(), type.get(), expr.map(Scalar::text)));
        written.put(
            name.get(), new WrittenColumn(each.scalar("name").orElseThrow(), typeText.get(), expr));
      }
    }
    columns.sort(Comparator.comparing(Column::name));
    return columns;
  }

  private Optional<EventTime> eventTime(YamlValue value, List<Column> columns) {
    if (value.isScalar()) {
      return value
          .scalar()
          .flatMap(column -> timestamp(column, columns))
          .map(EventTime.ByColumn::new);
    }
    return value.mapping().flatMap(SourceReader::constant);
  }

  private static Optional<EventTime> constant(YamlMapping mapping) {
    Optional<EventTime> constant =
        mapping
            .requireScalar("constant", "2001-01-01T00:00:00Z")
            .flatMap(Scalar::instant)
            .map(EventTime.Constant::new);
    mapping.rejectUnknownKeys();
    return constant;
  }

  private Optional<String> timestamp(Scalar name, List<Column> columns) {
    Optional<Column> column = Columns.find(name, columns);
    if (column.isPresent() && column.get().type() != Primitive.TIMESTAMP) {
      return name.reject(
          "is a column of type " + column.get().type() + " (expected: timestamp); cast it in expr");
    }
    return column.map(Column::name);
  }
}
