package dev.plumbline.definition.yaml;

import dev.plumbline.definition.Source;
import dev.plumbline.definition.Source.Column;
import dev.plumbline.definition.Source.EventTime;
import dev.plumbline.definition.Source.Format;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.YamlMapping;
import dev.plumbline.yaml.YamlValue;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads {@code source} documents. */
final class SourceReader {
  private final Declarations declarations;

  SourceReader(Declarations declarations) {
    this.declarations = declarations;
  }

  void read(YamlMapping document) {
    int before = declarations.problems.count();
    Optional<String> name = Names.declare(document, Kind.SOURCE, declarations.sources);
    Optional<Format> format =
        document.requireScalar("format", "parquet").flatMap(s -> s.oneOf(Format.values()));
    if (format.isEmpty()) {
      List.of("path", "table", "url", "query").forEach(document::has);
    }
    Optional<String> place = format.flatMap(known -> place(document, known));
    Optional<String> query = query(document, format);
    List<Column> columns = columns(document);
    Optional<EventTime> eventTime =
        document
            .require("event_time", "happened_at, or {constant: 2001-01-01T00:00:00Z}")
            .flatMap(value -> eventTime(value, columns));
    Optional<String> arrivalTime =
        document.scalar("arrival_time").flatMap(column -> timestamp(column, columns));
    Optional<ZoneId> zone = document.scalar("zone").flatMap(Scalar::zone);
    Optional<String> owner = document.text("owner");
    Optional<String> description = document.text("description");
    document.rejectUnknownKeys();
    if (declarations.problems.count() == before) {
      Source source =
          new Source(
              name.orElseThrow(),
              format.orElseThrow(),
              place.orElseThrow(),
              eventTime.orElseThrow(),
              arrivalTime,
              zone,
              columns,
              query,
              owner,
              description);
      declarations.sources.add(source.name(), source);
    }
  }

  private static Optional<String> place(YamlMapping document, Format format) {
    return switch (format) {
      case PARQUET, CSV, JSON ->
          document.requireScalar("path", "data/flights.parquet").map(Scalar::text);
      case ICEBERG -> document.requireScalar("table", "catalog.namespace.table").map(Scalar::text);
      case JDBC ->
          document.requireScalar("url", "jdbc:postgresql://host/database").map(Scalar::text);
    };
  }

  private static Optional<String> query(YamlMapping document, Optional<Format> format) {
    return format.filter(Format.JDBC::equals).isPresent()
        ? document.requireScalar("query", "select * from flights").map(Scalar::text)
        : Optional.empty();
  }

  private List<Column> columns(YamlMapping document) {
    List<Column> columns = new ArrayList<>();
    Optional<YamlValue> list = document.require("columns", "[{name: id, type: string}]");
    Fields names = new Fields("column", declarations.problems);
    for (YamlMapping each : list.map(value -> value.mappings("column")).orElse(List.of())) {
      Optional<String> name = names.name(each);
      Optional<DataType> type = each.requireScalar("type", "string").flatMap(Scalar::dataType);
      Optional<String> expr = each.text("expr");
      each.rejectUnknownKeys();
      if (name.isPresent() && type.isPresent()) {
        columns.add(new Column(name.get(), type.get(), expr));
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
