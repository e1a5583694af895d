package dev.plumbline.offline.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.when;

import dev.plumbline.definition.Source;
import dev.plumbline.expression.SparkTypes;
import dev.plumbline.type.DataType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Reads a source as its declared columns, checked before anything runs. */
public final class SourceReader {
  private static final String NAMES_ITS_ZONE =
      "\\d:\\d{2}.*(Z|[+-]\\d{1,2}(:?\\d{2})?|[A-Za-z]+/[A-Za-z_]+)\\s*$";

  private final SparkSession spark;
  private final SourcePlaces places;

  public SourceReader(SparkSession spark, SourcePlaces places) {
    this.spark = spark;
    this.places = places;
  }

  /**
   * The declared columns, in order and of the declared types.
   *
   * @throws SourceMismatchException if the data is not there, or a column is missing or of another
   *     type; it names all
   */
  public Dataset<Row> read(Source source) {
    List<String> at = places.of(source);
    rejectPlaces(source, at);
    Dataset<Row> raw = raw(source, at);
    List<String> problems = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (Source.Column column : source.columns()) {
      Column value = column(source, raw, column, problems);
      if (value != null) {
        columns.add(value.as(column.name()));
      }
    }
    if (!problems.isEmpty()) {
      throw new SourceMismatchException(source.name(), at, problems);
    }
    return raw.select(columns.toArray(Column[]::new));
  }

  /**
   * What to throw when rows of a source could not be computed: its mismatch if a value in it is to
   * blame, else {@code failure}.
   */
  public RuntimeException explained(Source source, Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable data && isDataException(data)) {
        String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return new SourceMismatchException(
            source.name(), places.of(source), List.of(message), failure);
      }
    }
    return failure instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException(
            "source '%s' cannot be computed".formatted(source.name()), failure);
  }

  /** Class 22 of the SQL standard: a value that an expression cannot take. */
  private static boolean isDataException(SparkThrowable failure) {
    String state = failure.getSqlState();
    return state != null && state.startsWith("22");
  }

  /** Files may lie in several places; a table or a query is one. */
  private static void rejectPlaces(Source source, List<String> at) {
    boolean files =
        source.format() != Source.Format.ICEBERG && source.format() != Source.Format.JDBC;
    if (at.isEmpty() || (!files && at.size() > 1)) {
      throw new SourceMismatchException(
          source.name(),
          at,
          List.of(
              "%d places for format %s (expected: %s); see bind in plumb.yaml"
                  .formatted(
                      at.size(),
                      source.format().name().toLowerCase(Locale.ROOT),
                      files ? "1 or more" : "1")));
    }
  }

  private Dataset<Row> raw(Source source, List<String> at) {
    String[] paths = at.toArray(String[]::new);
    try {
      return switch (source.format()) {
        case PARQUET -> spark.read().option("mergeSchema", "true").parquet(paths);
        case CSV ->
            spark
                .read()
                .option("header", "true")
                .option("mode", "FAILFAST")
                .option(
                    "enforceSchema", "false") // or files with other headers are read by position
                .csv(paths);
        case JSON ->
            spark
                .read()
                .option("primitivesAsString", "true")
                .option("mode", "FAILFAST")
                .json(paths);
        case ICEBERG -> spark.table(paths[0]);
        case JDBC ->
            spark
                .read()
                .format("jdbc")
                .option("url", paths[0])
                .option("query", query(source))
                .option("preferTimestampNTZ", "true")
                .load();
      };
    } catch (Exception e) {
      if (e instanceof AnalysisException) {
        throw new SourceMismatchException(source.name(), at, List.of(firstLine(e)), e);
      }
      throw e;
    }
  }

  private static String query(Source source) {
    return source
        .query()
        .orElseThrow(
            () ->
                new SourceMismatchException(
                    source.name(),
                    List.of(source.place()),
                    List.of("no query (expected: query: \"select ...\")")));
  }

  /** The declared column, or null with a problem noted. */
  private @Nullable Column column(
      Source source, Dataset<Row> raw, Source.Column column, List<String> problems) {
    var declared = SparkTypes.of(column.type());
    var found = typeOf(raw, column, problems);
    if (found == null) {
      return null;
    }
    Column value = column.expr().map(e -> expr(e)).orElseGet(() -> col("`" + column.name() + "`"));
    boolean text = source.format() == Source.Format.CSV || source.format() == Source.Format.JSON;
    if (found.equals(DataTypes.TimestampNTZType) && declared.equals(DataTypes.TimestampType)) {
      Column utc = value.cast(declared);
      return source.zone().map(zone -> to_utc_timestamp(utc, lit(zone.getId()))).orElse(utc);
    }
    if (found.equals(declared)) {
      rejectHiddenZone(source, column, problems);
      return value;
    }
    if (text && column.expr().isEmpty() && declared.equals(DataTypes.TimestampType)) {
      return source.zone().map(zone -> localText(value, zone)).orElse(value.cast(declared));
    }
    boolean widening = Cast.canUpCast(found, declared) && !declared.equals(DataTypes.StringType);
    if (widening || (text && column.expr().isEmpty())) {
      return value.cast(declared);
    }
    problems.add(
        "column '%s' is %s (declared: %s); declare that type, or cast it: expr: \"cast(%s as %s)\""
            .formatted(
                column.name(),
                found.sql().toLowerCase(Locale.ROOT),
                column.type(),
                column.expr().orElse(column.name()),
                column.type()));
    return null;
  }

  /** Text that names an offset or a zone means that; other text is local to {@code zone}. */
  private static Column localText(Column text, ZoneId zone) {
    Column instant = text.cast(DataTypes.TimestampType);
    return when(text.rlike(NAMES_ITS_ZONE), instant)
        .otherwise(to_utc_timestamp(instant, lit(zone.getId())));
  }

  /** An expression that makes an instant has chosen a zone already, and not the source's. */
  private static void rejectHiddenZone(Source source, Source.Column column, List<String> problems) {
    boolean made = column.expr().isPresent() && column.type() == DataType.Primitive.TIMESTAMP;
    if (made && source.zone().isPresent()) {
      problems.add(
          "column '%s': its expr makes an instant, which zone %s does not reach (expected: a timestamp without zone); write to_timestamp_ntz, or cast to timestamp_ntz"
              .formatted(column.name(), source.zone().get()));
    }
  }

  private static org.apache.spark.sql.types.@Nullable DataType typeOf(
      Dataset<Row> raw, Source.Column column, List<String> problems) {
    StructType schema = raw.schema();
    if (column.expr().isEmpty() && !Arrays.asList(schema.fieldNames()).contains(column.name())) {
      problems.add(
          "column '%s' (%s) is missing; the data has %s"
              .formatted(column.name(), column.type(), String.join(", ", schema.fieldNames())));
      return null;
    }
    try {
      String text = column.expr().orElse("`" + column.name() + "`");
      return raw.select(expr(text)).schema().fields()[0].dataType();
    } catch (Exception e) {
      problems.add("column '%s': %s".formatted(column.name(), firstLine(e)));
      return null;
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
  }
}
