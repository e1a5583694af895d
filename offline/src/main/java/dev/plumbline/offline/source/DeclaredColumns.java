package dev.plumbline.offline.source;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.when;

import dev.plumbline.definition.Source;
import dev.plumbline.expression.ExpressionException;
import dev.plumbline.expression.Refusal.Reason;
import dev.plumbline.expression.SourceQuery;
import dev.plumbline.expression.SparkNames;
import dev.plumbline.expression.SparkTypes;
import dev.plumbline.offline.source.DeclaredColumn.Failure;
import dev.plumbline.type.DataType.Primitive;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Finds the declared columns of a source in its raw ones; collects what does not fit. */
final class DeclaredColumns {
  private static final String NAMES_ITS_ZONE =
      "\\d:\\d{2}.*(Z|[+-]\\d{1,2}(:?\\d{2})?|[A-Za-z]+/[A-Za-z_]+)\\s*$";

  /**
   * Spark takes less for a day: {@code 200103} is a year to it, and {@code 12:30} is today,
   * whenever that is.
   */
  private static final String BEGINS_WITH_A_DAY = "^\\s*[+-]?\\d{4,7}-\\d{1,2}-\\d{1,2}(\\D.*)?$";

  private final Source source;
  private final Dataset<Row> raw;
  private final List<String> names;
  private final List<String> problems = new ArrayList<>();

  private DeclaredColumns(Source source, Dataset<Row> raw, List<String> names) {
    this.source = source;
    this.raw = raw;
    this.names = names;
  }

  /**
   * The declared columns over {@code raw}, in their order.
   *
   * @param names of the raw columns that a person knows of
   * @throws SourceMismatchException that names every column which is missing or of another type
   */
  static List<DeclaredColumn> of(
      Source source, Dataset<Row> raw, List<String> names, List<String> places) {
    DeclaredColumns finder = new DeclaredColumns(source, raw, names);
    List<DeclaredColumn> columns = new ArrayList<>();
    for (Source.Column column : source.columns()) {
      DeclaredColumn found = finder.find(column);
      if (found != null) {
        columns.add(found);
      }
    }
    if (!finder.problems.isEmpty()) {
      throw new SourceMismatchException(source.name(), places, finder.problems);
    }
    return columns;
  }

  /** The declared column, or null with a problem noted. */
  private @Nullable DeclaredColumn find(Source.Column column) {
    DataType declared = SparkTypes.of(column.type());
    DataType found = typeOf(column);
    if (found == null) {
      return null;
    }
    Column value =
        column.expr().map(sql -> expr(sql)).orElseGet(() -> SparkNames.column(column.name()));
    boolean local =
        found.equals(DataTypes.TimestampNTZType)
            || (found.equals(DataTypes.DateType) && source.zone().isPresent());
    if (local && declared.equals(DataTypes.TimestampType)) {
      return computed(column, inZone(value.cast(declared)));
    }
    if (found.equals(declared)) {
      rejectHiddenZone(column);
      return computed(column, value);
    }
    if (source.format().isText() && column.expr().isEmpty() && isOfText(found)) {
      return cast(column, value, declared);
    }
    if (Cast.canUpCast(found, declared) && !declared.equals(DataTypes.StringType)) {
      return computed(column, value.cast(declared));
    }
    problems.add(retyped(column, found));
    return null;
  }

  private DeclaredColumn computed(Source.Column column, Column value) {
    boolean mayFail = source.format().isText() && column.expr().isPresent();
    Failure failure = mayFail ? new Failure.OfExpression(column.expr().get()) : new Failure.Never();
    return new DeclaredColumn(column, value, failure);
  }

  private DeclaredColumn cast(Source.Column column, Column text, DataType declared) {
    boolean timed = declared.equals(DataTypes.TimestampType);
    Column value =
        timed && source.zone().isPresent()
            ? localText(text, source.zone().get())
            : text.cast(declared);
    Column possible =
        timed || declared.equals(DataTypes.DateType)
            ? text.isNull().or(text.rlike(BEGINS_WITH_A_DAY))
            : lit(true);
    return new DeclaredColumn(
        column, value, new Failure.OfCast(text.cast(DataTypes.StringType), possible));
  }

  private static boolean isOfText(DataType type) {
    return type.equals(DataTypes.StringType)
        || (type instanceof ArrayType array && isOfText(array.elementType()));
  }

  private Column inZone(Column utc) {
    return source.zone().map(zone -> to_utc_timestamp(utc, lit(zone.getId()))).orElse(utc);
  }

  /** Text that names an offset or a zone means that; other text is local to {@code zone}. */
  private static Column localText(Column text, ZoneId zone) {
    Column instant = text.cast(DataTypes.TimestampType);
    return when(text.rlike(NAMES_ITS_ZONE), instant)
        .otherwise(to_utc_timestamp(instant, lit(zone.getId())));
  }

  private String retyped(Source.Column column, DataType found) {
    boolean declarable = SparkTypes.find(found).isPresent();
    return "column '%s' is %s (declared: %s); %s"
        .formatted(
            column.name(),
            found.sql().toLowerCase(Locale.ROOT),
            column.type(),
            found instanceof StructType nested
                ? "name the part that is meant: expr: %s.%s%s"
                    .formatted(
                        column.expr().orElse(column.name()),
                        nested.fieldNames()[0],
                        column.type() == Primitive.STRING
                            ? "; or take its text: expr: to_json(%s)"
                                .formatted(column.expr().orElse(column.name()))
                            : "")
                : "%scast it: expr: \"cast(%s as %s)\""
                    .formatted(
                        declarable ? "declare that type, or " : "",
                        column.expr().orElse(column.name()),
                        column.type()));
  }

  /** An expression that makes an instant has chosen a zone already, and not the source's. */
  private void rejectHiddenZone(Source.Column column) {
    boolean made = column.expr().isPresent() && column.type() == Primitive.TIMESTAMP;
    if (made && source.zone().isPresent()) {
      problems.add(
          "column '%s': its expr makes an instant, which zone %s does not reach (expected: a timestamp without zone); write to_timestamp_ntz, or cast to timestamp_ntz"
              .formatted(column.name(), source.zone().get()));
    }
  }

  private @Nullable DataType typeOf(Source.Column column) {
    if (column.expr().isEmpty()) {
      return names.contains(column.name())
          ? raw.schema().apply(column.name()).dataType()
          : missing(column);
    }
    String sql = column.expr().get();
    try {
      Dataset<Row> computed = raw.select(expr(sql));
      SourceQuery.checkResolved(computed.queryExecution().analyzed(), sql);
      return computed.schema().fields()[0].dataType();
    } catch (Exception e) { // Scala throws checked ones too
      ExpressionException refused =
          e instanceof ExpressionException ours
              ? ours
              : e instanceof AnalysisException theirs
                  ? SourceQuery.refusal(theirs, sql, names)
                  : Reason.OTHER.found(ReadFailures.reason(e)).at(0);
      problems.add(
          "column '%s': expr:%s: %s"
              .formatted(
                  column.name(), SourceQuery.place(sql, refused.offset()), refused.getMessage()));
      return null;
    }
  }

  private @Nullable DataType missing(Source.Column column) {
    Optional<String> other =
        names.stream().filter(name -> name.equalsIgnoreCase(column.name())).findFirst();
    problems.add(
        other.isPresent()
            ? "column '%s' (%s) is missing; the data has '%s', which differs in case: rename it, or write expr: %s"
                .formatted(column.name(), column.type(), other.get(), other.get())
            : "column '%s' (%s) is missing; the data has %s"
                .formatted(
                    column.name(),
                    column.type(),
                    names.isEmpty() ? "no columns" : String.join(", ", names)));
    return null;
  }

  static Column[] values(List<DeclaredColumn> columns) {
    return columns.stream().map(DeclaredColumn::named).toArray(Column[]::new);
  }
}
