package dev.plumbline.offline.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import dev.plumbline.offline.source.DeclaredColumn.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * Tells rows of text that are what a source declares from those that are not.
 *
 * <p>Each value that may fail is tried within a struct: no struct, it failed; a struct of null, it
 * is null. The {@code when} around it keeps Spark from computing parts that two columns share ahead
 * of either, where a failure would be nobody's.
 */
final class BadRows {
  private static final String BAD = "_plumb_bad";
  private static final String TRIED = "_plumb_tried_";
  private static final String SHOWN = "_plumb_shown_";
  private static final int MOST_CHARACTERS = 10_000;

  private final Placed placed;
  private final List<DeclaredColumn> columns;
  private final Dataset<Row> flagged;

  /**
   * A look at {@code placed}, whose declared columns are {@code columns}; none: only lines that
   * cannot be read are bad.
   */
  BadRows(Placed placed, List<DeclaredColumn> columns) {
    this.placed = placed;
    this.columns = columns;
    this.flagged = flagged();
  }

  /**
   * How many there are.
   *
   * @param bad rows
   * @param untimed other rows without an event time
   */
  record Counts(long bad, long untimed) {}

  /** One pass over the rows. */
  Counts count(Optional<String> eventTime) {
    Column untimed =
        eventTime
            .map(name -> col(BAD).isNull().and(value(name).isNull()))
            .orElseGet(() -> lit(false));
    Row counted = flagged.agg(count_if(col(BAD).isNotNull()), count_if(untimed)).first();
    return new Counts(counted.getLong(0), counted.getLong(1));
  }

  private Column value(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).declared().name().equals(name)) {
        return col(TRIED + i + ".v");
      }
    }
    throw new IllegalArgumentException("no declared column '" + name + "'");
  }

  /** The first bad rows by file and line: the same ones each time. */
  List<BadRow> first(int most) {
    return flagged
        .where(col(BAD).isNotNull())
        .select(
            col(Placed.FILE),
            col(Placed.LINE),
            substring(col(Placed.TEXT), 1, MOST_CHARACTERS).as(Placed.TEXT),
            col(BAD + ".*"))
        .orderBy(
            col(Placed.FILE), col(Placed.LINE).asc_nulls_last(), col(Placed.TEXT), col("reason"))
        .limit(most)
        .collectAsList()
        .stream()
        .map(BadRows::badRow)
        .toList();
  }

  private static BadRow badRow(Row row) {
    return new BadRow(
        text(row, 0).map(ReadFailures::shown),
        row.isNullAt(1) ? OptionalLong.empty() : OptionalLong.of(row.getLong(1)),
        text(row, 2).orElse(""),
        text(row, 3).orElse(""),
        text(row, 4),
        text(row, 5),
        text(row, 6));
  }

  private static Optional<String> text(Row row, int index) {
    return row.isNullAt(index) ? Optional.empty() : Optional.of(row.getString(index));
  }

  /** The declared columns of the rows that are not bad. */
  Dataset<Row> good() {
    List<Column> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      values.add(col(TRIED + i + ".v").as(columns.get(i).declared().name()));
    }
    return flagged.where(col(BAD).isNull()).select(values.toArray(Column[]::new));
  }

  /** The declared columns of all rows, for when none was found to be bad; one that is fails. */
  Dataset<Row> all() {
    Column readable =
        when(col(Placed.FAULT).isNull(), lit(true))
            .otherwise(raise_error(col(Placed.FAULT)).cast(DataTypes.BooleanType));
    return placed.rows().where(readable).select(DeclaredColumns.values(columns));
  }

  private Dataset<Row> flagged() {
    List<Column> tried = new ArrayList<>();
    Placed.PLACE.forEach(name -> tried.add(col(name)));
    List<Column> faults = new ArrayList<>();
    faults.add(when(col(Placed.FAULT).isNotNull(), bad(col(Placed.FAULT), null, null)));
    for (int i = 0; i < columns.size(); i++) {
      DeclaredColumn column = columns.get(i);
      tried.add(tried(column).as(TRIED + i));
      if (column.failure() instanceof Failure.OfCast cast) {
        tried.add(cast.text().as(SHOWN + i));
      }
      if (!(column.failure() instanceof Failure.Never)) {
        faults.add(when(col(TRIED + i).isNull(), fault(column, i)));
      }
    }
    return placed
        .rows()
        .select(tried.toArray(Column[]::new))
        .withColumn(BAD, coalesce(faults.toArray(Column[]::new)));
  }

  private static Column tried(DeclaredColumn column) {
    Column value = struct(column.value().as("v"));
    if (column.failure() instanceof Failure.Never) {
      return value;
    }
    Column possible = column.failure() instanceof Failure.OfCast cast ? cast.possible() : lit(true);
    Column readable = when(col(Placed.FAULT).isNull().and(possible), value);
    return ExpressionUtils.column(new TryEval(ExpressionUtils.expression(readable)));
  }

  private static Column fault(DeclaredColumn column, int index) {
    String name = column.declared().name();
    String type = column.declared().type().toString();
    if (column.failure() instanceof Failure.OfExpression of) {
      String reason =
          "column '%s': its expr '%s' fails on this row (expected: %s)"
              .formatted(name, of.expr(), type);
      return bad(lit(reason), column, null);
    }
    Column value = col(SHOWN + index);
    Column shown = coalesce(value, lit("null"));
    Column reason =
        concat(lit("column '" + name + "': '"), shown, lit("' is no " + type + expectation(type)));
    return bad(reason, column, value);
  }

  private static String expectation(String type) {
    return switch (type) {
      case "date" -> " (expected: such as 2026-03-01)";
      case "timestamp" -> " (expected: such as 2026-03-01T10:00:00Z)";
      default -> "";
    };
  }

  private static Column bad(
      Column reason, @Nullable DeclaredColumn column, @Nullable Column value) {
    Column none = lit(null).cast(DataTypes.StringType);
    return struct(
        reason.as("reason"),
        (column == null ? none : lit(column.declared().name())).as("column"),
        (value == null ? none : substring(value, 1, MOST_CHARACTERS)).as("value"),
        (column == null ? none : lit(column.declared().type().toString())).as("expected"));
  }
}
