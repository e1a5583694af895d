package dev.plumbline.offline.dataset;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import dev.plumbline.definition.DatasetDefinition;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.Source.EventTime;
import dev.plumbline.failure.InvalidException;
import java.time.Instant;
import java.util.LinkedHashSet;
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
   * How many labels there are.
   *
   * @param beforeCoverage those asked before the first refresh of some view
   */
  record Counts(long rows, long beforeCoverage) {}

  /** The keys, the time and the kept columns of the rows known before {@code built}. */
  Dataset<Row> select(Dataset<Row> declared, Instant built) {
    Dataset<Row> known = declared;
    if (source.eventTime() instanceof EventTime.ByColumn column) {
      known = known.where(col("`" + column.column() + "`").lt(timestamp(built)));
    }
    if (source.arrivalTime().isPresent()) {
      Column arrival = col("`" + source.arrivalTime().get() + "`");
      known = known.where(arrival.isNull().or(arrival.lt(timestamp(built))));
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
  Counts check(Dataset<Row> rows, Instant built, Instant coverage) {
    Column time = col("`" + labels.time() + "`");
    Row counts =
        rows.agg(
                count(lit(1)),
                number(time.isNull()),
                number(time.gt(timestamp(built))),
                number(time.lt(timestamp(coverage))))
            .first();
    refuse(
        counts.getLong(1),
        "have no " + labels.time(),
        "give each label the time at which the model would ask");
    refuse(
        counts.getLong(2),
        "lie after " + built + ", when the dataset is built",
        "nobody can know their features yet; leave them out of the source, or build later");
    return new Counts(counts.getLong(0), counts.getLong(3));
  }

  private void refuse(long labels, String what, String remedy) {
    if (labels > 0) {
      throw new InvalidException(
          "source '%s': %d labels %s (expected: none); %s"
              .formatted(source.name(), labels, what, remedy));
    }
  }

  private static Column number(Column condition) {
    return expr("bigint(0)")
        .plus(org.apache.spark.sql.functions.coalesce(sum(condition.cast("bigint")), lit(0L)));
  }

  private static Column timestamp(Instant instant) {
    return lit(instant);
  }
}
