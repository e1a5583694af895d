package dev.plumbline.offline.dataset;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.plumbline.definition.DatasetDefinition;
import dev.plumbline.definition.DatasetDefinition.Split;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.Source.EventTime;
import dev.plumbline.failure.InvalidException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The labels of a dataset, as they were known at the build instant, and checked. */
final class LabelRows {
  private final DatasetDefinition.Labels labels;
  private final Source source;

  LabelRows(DatasetDefinition.Labels labels, Source source) {
    this.labels = labels;
    this.source = source;
  }

  /**
   * What a pass over the labels found.
   *
   * @param rows how many there are
   * @param beforeCoverage those asked before the first refresh of some view
   * @param ends the instants at which the second and the third split begin, in microseconds; none
   *     without a split
   */
  record Counts(long rows, long beforeCoverage, List<Long> ends) {}

  /** The keys, the time and the kept columns of the rows known before {@code built}. */
  Dataset<Row> select(Dataset<Row> declared, Instant built) {
    Dataset<Row> known = declared;
    if (source.eventTime() instanceof EventTime.ByColumn column) {
      known = known.where(col("`" + column.column() + "`").lt(lit(built)));
    }
    if (source.arrivalTime().isPresent()) {
      Column arrival = col("`" + source.arrivalTime().get() + "`");
      known = known.where(arrival.isNull().or(arrival.lt(lit(built))));
    }
    Set<String> names = new LinkedHashSet<>();
    labels.keys().values().forEach(role -> names.addAll(role.values()));
    names.add(labels.time());
    names.addAll(labels.columns());
    return known.select(names.stream().map(name -> col("`" + name + "`")).toArray(Column[]::new));
  }

  /**
   * Counts the labels.
   *
   * @param coverage the first refresh of the view that begins last
   * @throws InvalidException if a label has no time, or one after {@code built}
   */
  Counts check(Dataset<Row> rows, Instant built, Instant coverage, Optional<Split> split) {
    Column time = col("`" + labels.time() + "`");
    List<Column> asked =
        List.of(
            count_if(time.isNull()),
            count_if(time.gt(lit(built))),
            count_if(time.lt(lit(coverage))),
            end(split.map(Split::train).orElse(1.0)),
            end(
                split
                    .map(shares -> Math.min(1, shares.train() + shares.validation()))
                    .orElse(1.0)));
    Row found = rows.agg(count(lit(1)), asked.toArray(Column[]::new)).first();
    refuse(
        found.getLong(1),
        "have no " + labels.time(),
        "give each label the time at which the model would ask");
    refuse(
        found.getLong(2),
        "lie after " + built + ", when the dataset is built",
        "nobody can know their features yet; leave them out of the source, or build later");
    if (found.getLong(0) == 0) {
      throw new InvalidException(
          "source '%s': no label is known at %s (expected: 1 or more); see its place, its event_time and the clock"
              .formatted(source.name(), built));
    }
    List<Long> ends =
        split.isEmpty() ? List.of() : List.of((long) found.getDouble(4), (long) found.getDouble(5));
    return new Counts(found.getLong(0), found.getLong(3), ends);
  }

  /** The time below which a share of the labels lies. */
  private Column end(double share) {
    return expr(
        "percentile_disc(%s) within group (order by unix_micros(`%s`))"
            .formatted(share, labels.time()));
  }

  private void refuse(long labels, String what, String remedy) {
    if (labels > 0) {
      throw new InvalidException(
          "source '%s': %d labels %s (expected: none); %s"
              .formatted(source.name(), labels, what, remedy));
    }
  }
}
