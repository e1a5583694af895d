package dev.plumbline.offline.dataset;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import dev.plumbline.expression.SparkNames;
import dev.plumbline.failure.InvalidException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The instants at which labels were asked: counted, and refused where nobody could have answered.
 *
 * @param subject whose labels they are, as messages begin
 * @param time the column that holds the instants
 * @param built when the training set is built
 */
public record LabelTimes(String subject, String time, Instant built) {

  /**
   * Counts labels in one pass, and refuses those that nobody can answer.
   *
   * @param coverage the first refresh of the view that begins last
   * @param more aggregates to find in the same pass
   * @return how many there are, how many lie before {@code coverage}, and what {@code more} gives
   * @throws InvalidException if a label has no time, or one after the build instant
   */
  public Row check(Dataset<Row> labels, Instant coverage, Column... more) {
    Column at = SparkNames.column(time);
    List<Column> asked = new ArrayList<>();
    asked.add(count_if(at.lt(lit(coverage))));
    asked.addAll(List.of(more));
    asked.add(count_if(at.isNull()));
    asked.add(count_if(at.gt(lit(built))));
    Row found = labels.agg(count(lit(1)), asked.toArray(Column[]::new)).first();
    refuse(
        found.getLong(more.length + 2),
        "have no " + time,
        "give each label the time at which the model would ask");
    refuse(
        found.getLong(more.length + 3),
        "lie after " + built + ", when the dataset is built",
        "nobody can know their features yet; leave them out of the source, or build later");
    return found;
  }

  /** Refuses labels, if there are any. */
  void refuse(long labels, String what, String remedy) {
    if (labels > 0) {
      throw new InvalidException(
          "%s: %,d labels %s (expected: none); %s".formatted(subject, labels, what, remedy));
    }
  }

  /**
   * What to say of labels that are older than the features.
   *
   * @param permission how to keep them all the same
   */
  public static InvalidException uncovered(
      String subject, long labels, long of, Instant coverage, String permission) {
    return new InvalidException(
        "%s: %,d of %,d labels lie before %s, the first refresh of its features, and would be MISSING; backfill from an earlier time, or %s"
            .formatted(subject, labels, of, coverage, permission));
  }
}
