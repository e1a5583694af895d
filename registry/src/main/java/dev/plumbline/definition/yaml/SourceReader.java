package dev.plumbline.definition.yaml;

import dev.plumbline.definition.About;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.Source.BadRows;
import dev.plumbline.definition.Source.Column;
import dev.plumbline.definition.Source.EventTime;
import dev.plumbline.definition.Source.Format;
import dev.plumbline.definition.yaml.WrittenSource.WrittenColumn;
import dev.plumbline.expression.ExpressionException;
import dev.plumbline.expression.Expressions;
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
        document.scalar(SourceKeys.FORMAT).flatMap(s -> s.oneOf(Format.values()));
    Optional<Scalar> place = format.flatMap(known -> place(document, known));
    Optional<Scalar> query = query(document, format);
    Optional<String> table = format.flatMap(known -> table(document, known));
    Optional<BadRows> badRows = badRows(document, format);
    Map<String, WrittenColumn> written = new HashMap<>();
    List<Column> columns = columns(document, written);
    Optional<EventTime> eventTime =
        document.find(SourceKeys.EVENT_TIME).flatMap(value -> eventTime(value, columns));
    Optional<String> arrivalTime =
        document.scalar(SourceKeys.ARRIVAL_TIME).flatMap(column -> timestamp(column, columns));
    Optional<ZoneId> zone = document.scalar(SourceKeys.ZONE).flatMap(Scalar::zone);
    About about = AboutReader.read(document);
    document.rejectUnknownKeys();
    boolean sound = declarations.problems.count() == before;
    written.values().forEach(column -> column.expr().ifPresent(this::checkSyntax));
    if (sound) {
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

  /** Whether or not the data can be looked at. */
  private void checkSyntax(Scalar expr) {
    try {
      Expressions.checkRawSyntax(expr.text());
    } catch (ExpressionException e) {
      declarations.problems.add(expr.where(e.offset()), Refused.complaint("expr", e.refusal()));
    }
  }

  private static Optional<Scalar> place(YamlMapping document, Format format) {
    return switch (format) {
      case PARQUET, CSV, JSON -> document.scalar(SourceKeys.PATH);
      case ICEBERG -> document.scalar(SourceKeys.ICEBERG_TABLE);
      case JDBC -> document.scalar(SourceKeys.URL).filter(url -> url.databaseAddress().isPresent());
    };
  }

  private Optional<Scalar> query(YamlMapping document, Optional<Format> format) {
    Optional<Scalar> query = document.scalar(SourceKeys.QUERY);
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
      declarations.problems.add(query.where(e.offset()), Refused.complaint("query", e.refusal()));
    }
  }

  /** A database holds many tables: a query names those that it reads, or else {@code table} one. */
  private Optional<String> table(YamlMapping document, Format format) {
    if (format != Format.JDBC) {
      return Optional.empty();
    }
    Optional<Scalar> table = document.scalar(SourceKeys.TABLE);
    boolean query = document.has(SourceKeys.QUERY);
    if (table.isPresent() && query) {
      declarations.problems.add(
          table.get().where(),
          ProblemCode.EITHER_OR
              .found("both 'table' and 'query'")
              .expected("one of them")
              .remedy("remove one"));
    }
    if (table.isEmpty() && !query) {
      declarations.problems.add(
          document.where(),
          ProblemCode.MISSING_KEY
              .found("neither 'table' nor 'query' says what to read of the database")
              .expected("one of them")
              .remedy("add it, for example table: flights"));
    }
    return table.map(Scalar::text);
  }

  private Optional<BadRows> badRows(YamlMapping document, Optional<Format> format) {
    Optional<Scalar> written = document.scalar(SourceKeys.BAD_ROWS);
    if (written.isPresent() && format.isPresent() && !format.get().isText()) {
      declarations.problems.add(
          written.get().where(),
          ProblemCode.NO_MEANING
              .found("bad_rows with format %s", format.get().name().toLowerCase(Locale.ROOT))
              .expected("csv or json")
              .remedy("remove it: values that have a type are never bad"));
    }
    return written.flatMap(word -> word.oneOf(BadRows.values()));
  }

  private List<Column> columns(YamlMapping document, Map<String, WrittenColumn> written) {
    List<Column> columns = new ArrayList<>();
    Optional<YamlValue> list = document.find(SourceKeys.COLUMNS);
    Fields names = new Fields(SourceKeys.COLUMN, declarations.problems);
    for (YamlMapping each :
        list.map(value -> value.mappings(SourceKeys.COLUMN)).orElse(List.of())) {
      Optional<String> name = names.name(each);
      Optional<Scalar> typeText = each.scalar(FieldKeys.TYPE);
      Optional<DataType> type = typeText.flatMap(Scalar::dataType);
      Optional<Scalar> expr = each.scalar(SourceKeys.EXPR);
      boolean torn = each.hasTornValue();
      each.rejectUnknownKeys();
      if (name.isPresent() && type.isPresent()) {
        columns.add(new Column(name.get(), type.get(), expr.map(Scalar::text)));
        Scalar nameText = each.scalar(FieldKeys.NAME).orElseThrow();
        written.put(
            name.get(), new WrittenColumn(nameText, typeText.get(), expr.filter(whole -> !torn)));
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
    return value.isMapping()
        ? value
            .mapping()
            .map(time -> time.having(SourceKeys.CONSTANT_TIME))
            .flatMap(SourceReader::constant)
        : value.unexpected("a column, or {constant: 2001-01-01T00:00:00Z}");
  }

  private static Optional<EventTime> constant(YamlMapping mapping) {
    Optional<EventTime> constant =
        mapping.scalar(SourceKeys.CONSTANT).flatMap(Scalar::instant).map(EventTime.Constant::new);
    mapping.rejectUnknownKeys();
    return constant;
  }

  private Optional<String> timestamp(Scalar name, List<Column> columns) {
    Optional<Column> column = Columns.find(name, columns);
    if (column.isPresent() && column.get().type() != Primitive.TIMESTAMP) {
      return name.reject(
          ProblemCode.TYPE_MISMATCH
              .found("is a column of type %s", column.get().type())
              .expected("timestamp")
              .remedy("cast it in the column's expr"));
    }
    return column.map(Column::name);
  }
}
