package dev.plumbline.offline.dataset;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.plumbline.definition.DatasetDefinition;
import dev.plumbline.definition.DatasetDefinition.Split;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.Source.EventTime;
import dev.plumbline.expression.SparkNames;
import dev.plumbline.failure.InvalidException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The labels of a dataset, as they were known at the build instant, and checked. */
final class LabelRows {
  /** Whether a row does not say when it happened. */
  private static final String UNTIMED = "_plumb_untimed";

  private final DatasetDefinition definition;
  private final Source source;
  private final Dataset<Row> rows;
  private final Instant built;

  private LabelRows(DatasetDefinition definition, Source source, Dataset<Row> rows, Instant built) {
    this.definition = definition;
    this.source = source;
    this.rows = rows;
    this.built = built;
  }

  /**
   * What a pass over the labels found.
   *
   * @param rows how many there are
   * @param beforeCoverage those asked before the first refresh of some view
   * @param ends the last instants of the first and of the second split, in microseconds; none
   *     without a split by time
   */
  record Counts(long rows, long beforeCoverage, List<Long> ends) {
    void refuseUncovered(String dataset, Instant coverage) {
      if (beforeCoverage > 0) {
        throw LabelTimes.uncovered(
            "dataset '" + dataset + "'",
            beforeCoverage,
            rows,
            coverage,
            "pass --allow-before-coverage");
      }
    }
  }

  /**
   * The labels of a dataset that were known before {@code built}.
   *
   * @param declared the declared columns of their source
   */
  static LabelRows known(
      DatasetDefinition definition, Source source, Dataset<Row> declared, Instant built) {
    Dataset<Row> known = declared;
    Column untimed = lit(false);
    if (source.eventTime() instanceof EventTime.ByColumn column) {
      untimed = SparkNames.column(column.column()).isNull();
      known = known.where(untimed.or(SparkNames.column(column.column()).lt(lit(built))));
    }
    if (source.arrivalTime().isPresent()) {
      Column arrival = SparkNames.column(source.arrivalTime().get());
      known = known.where(arrival.isNull().or(arrival.lt(lit(built))));
    }
    DatasetDefinition.Labels labels = definition.labels();
    Set<String> names = new LinkedHashSet<>();
    labels.keys().values().forEach(role -> names.addAll(role.values()));
    names.add(labels.time());
    names.addAll(labels.columns());
    List<Column> columns = new ArrayList<>();
    names.forEach(name -> columns.add(SparkNames.column(name)));
    columns.add(untimed.as(UNTIMED));
    return new LabelRows(definition, source, known.select(columns.toArray(Column[]::new)), built);
  }

  /** Their keys, their time and the columns to keep. */
  Dataset<Row> rows() {
    return rows.where(col(UNTIMED).equalTo(false)).drop(UNTIMED);
  }

  /**
   * Counts the labels.
   *
   * @param coverage the first refresh of the view that begins last
   * @throws InvalidException if there are no labels, or one has no time, or one after the build
   *     instant
   */
  Counts check(Instant coverage) {
    Optional<Split> split = definition.split().filter(given -> given.by() instanceof Split.Time);
    LabelTimes times =
        new LabelTimes("source '" + source.name() + "'", definition.labels().time(), built);
    Row found =
        times.check(
            rows,
            coverage,
            end(split.map(Split::train).orElse(1.0)),
            end(split.map(shares -> Math.min(1, shares.train() + shares.validation())).orElse(1.0)),
            count_if(col(UNTIMED)));
    times.refuse(
        found.getLong(4),
        "have no event_time",
        "a label without one is never known to have happened; give it one, or leave it out");
    if (found.getLong(0) == 0) {
      throw new InvalidException(
          "source '%s', %s: no label is known at %s (expected: 1 or more); see whether it has rows%s"
              .formatted(
                  source.name(),
                  source.place(),
                  built,
                  source.eventTime() instanceof EventTime.ByColumn column
                      ? ", and column '" + column.column() + "' against the clock"
                      : ""));
    }
    List<Long> ends =
        split.isEmpty() ? List.of() : List.of((long) found.getDouble(2), (long) found.getDouble(3));
    return new Counts(found.getLong(0), found.getLong(1), ends);
  }

  /** The last instant of a share of the labels. */
  private Column end(double share) {
    return expr(
        "percentile_disc(%s) within group (order by unix_micros(%s))"
            .formatted(share, SparkNames.quoted(definition.labels().time())));
  }
}
