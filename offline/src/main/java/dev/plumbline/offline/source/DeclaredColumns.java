package dev.plumbline.offline.source;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.when;

import dev.plumbline.definition.Source;
import dev.plumbline.expression.RawColumns;
import dev.plumbline.expression.SparkNames;
import dev.plumbline.expression.SparkTypes;
import dev.plumbline.offline.source.ColumnFit.Fits;
import dev.plumbline.offline.source.ColumnFit.Misfit;
import dev.plumbline.offline.source.DeclaredColumn.Failure;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The declared columns of a source as columns of Spark over its raw ones. */
final class DeclaredColumns {
  private static final String NAMES_ITS_ZONE =
      "\\d:\\d{2}.*(Z|[+-]\\d{1,2}(:?\\d{2})?|[A-Za-z]+/[A-Za-z_]+)\\s*$";

  /**
   * Spark takes less for a day: {@code 200103} is a year to it, and {@code 12:30} is today,
   * whenever that is.
   */
  private static final String BEGINS_WITH_A_DAY = "^\\s*[+-]?\\d{4,7}-\\d{1,2}-\\d{1,2}(\\D.*)?$";

  private final Source source;

  private DeclaredColumns(Source source) {
    this.source = source;
  }

  /**
   * The declared columns over raw ones, in their order.
   *
   * @param raw the raw columns that a person knows of
   * @throws SourceMismatchException that names every column which is missing or of another type
   */
  static List<DeclaredColumn> of(Source source, StructType raw, List<String> places) {
    DeclaredColumns maker = new DeclaredColumns(source);
    List<DeclaredColumn> columns = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (ColumnFit each : new ColumnRule(source, new RawColumns(raw)).fits()) {
      if (each instanceof Misfit misfit) {
        problems.add(misfit.describe());
      } else if (each instanceof Fits fits) {
        columns.add(maker.column(fits));
      }
    }
    if (!problems.isEmpty()) {
      throw new SourceMismatchException(source.name(), places, problems);
    }
    return columns;
  }

  private DeclaredColumn column(Fits fits) {
    Source.Column column = fits.column();
    DataType declared = SparkTypes.of(column.type());
    Column value =
        column.expr().map(sql -> expr(sql)).orElseGet(() -> SparkNames.column(column.name()));
    return switch (fits.way()) {
      case AS_THEY_ARE -> computed(column, value);
      case WIDENED -> computed(column, value.cast(declared));
      case OUT_OF_LOCAL_TIME -> computed(column, inZone(value.cast(declared)));
      case OUT_OF_TEXT -> cast(column, value, declared);
    };
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

  private Column inZone(Column utc) {
    return source.zone().map(zone -> to_utc_timestamp(utc, lit(zone.getId()))).orElse(utc);
  }

  /** Text that names an offset or a zone means that; other text is local to {@code zone}. */
  private static Column localText(Column text, ZoneId zone) {
    Column instant = text.cast(DataTypes.TimestampType);
    return when(text.rlike(NAMES_ITS_ZONE), instant)
        .otherwise(to_utc_timestamp(instant, lit(zone.getId())));
  }

  static Column[] values(List<DeclaredColumn> columns) {
    return columns.stream().map(DeclaredColumn::named).toArray(Column[]::new);
  }
}
