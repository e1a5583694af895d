package dev.plumbline.offline.pointintime;

import static org.apache.spark.sql.functions.unix_micros;

import dev.plumbline.expression.SparkNames;
import dev.plumbline.expression.SparkTypes;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.offline.log.LogSchema;
import dev.plumbline.type.Field;
import dev.plumbline.vector.PortablePlan;
import dev.plumbline.vector.ServicePlan;
import dev.plumbline.vector.ServicePlan.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Joins labels with the features of a plan as they were visible at each label's time: the as-of
 * rule, defaults and on-demand features included. As many rows come out as went in.
 *
 * <p>Labels are moved once per role, to the buckets of its entity; tables are not moved at all.
 */
public final class PointInTimeJoin {
  /**
   * Begins the names of columns that live only within the join; names of labels do not begin so.
   */
  static final String OWN = "_plumb_";

  static final String TIME = OWN + "time";
  static final String MAX_AGE = OWN + "max_age";

  private final PortablePlan portable;
  private final ServicePlan plan;
  private final long maxBytes;

  public PointInTimeJoin(PortablePlan plan) {
    this(plan, BucketJoin.SHARE_OF_HEAP);
  }

  /**
   * A join with a limit of its own.
   *
   * @param maxBytes how large labels and their answers may be, all in all, that a task holds at
   *     once
   */
  PointInTimeJoin(PortablePlan plan, long maxBytes) {
    this.portable = plan;
    this.plan = plan.resolve();
    this.maxBytes = maxBytes;
  }

  /** What is read and what comes out. */
  public ServicePlan plan() {
    return plan;
  }

  /**
   * What is asked.
   *
   * @param rows columns to keep, among them those named below
   * @param time the column that holds the instant of each row, a timestamp; not null
   * @param keys for each role of the plan the columns that hold its entity's keys, in the entity's
   *     order
   * @param maxAge a column of microseconds beyond which an answer is EXPIRED even if its view
   *     allows more
   */
  public record Labels(
      Dataset<Row> rows, String time, Map<String, List<String>> keys, Optional<String> maxAge) {}

  /**
   * The labels' columns, then the values and statuses named by {@link JoinColumns}.
   *
   * @throws InvalidException if a label column bears the name of a column of the join
   */
  public Dataset<Row> join(Labels labels, ViewLogs logs) {
    rejectCollisions(labels.rows().columns());
    Dataset<Row> joined =
        labels.rows().withColumn(TIME, unix_micros(SparkNames.column(labels.time())));
    if (labels.maxAge().isPresent()) {
      joined = joined.withColumn(MAX_AGE, SparkNames.column(labels.maxAge().get()).cast("bigint"));
    }
    for (int i = 0; i < plan.request().size(); i++) {
      Field value = plan.request().get(i);
      joined =
          joined.withColumn(
              request(i), SparkNames.column(value.name()).cast(SparkTypes.of(value.type())));
    }
    for (Role role : plan.roles()) {
      List<RoleRead> reads = reads(role, logs);
      if (!reads.isEmpty()) {
        joined =
            new RoleJoin(role, reads, maxBytes)
                .join(withKeys(joined, role, labels), labels.maxAge().isPresent());
      }
    }
    Dataset<Row> answered = new ComputedColumns(portable, plan).addTo(joined);
    return new VectorColumns(plan).of(answered, labels.rows().columns());
  }

  /** Spark takes names that differ in case for the same. */
  private void rejectCollisions(String[] labels) {
    List<String> added = new JoinColumns(plan).all();
    for (String label : labels) {
      if (isReserved(label) || added.stream().anyMatch(label::equalsIgnoreCase)) {
        throw new InvalidException(
            "label column '%s' has the name of a column of the join (expected: a name without '__' that does not begin with '_'); rename it"
                .formatted(label));
      }
    }
  }

  private List<RoleRead> reads(Role role, ViewLogs logs) {
    List<RoleRead> reads = new ArrayList<>();
    for (int i = 0; i < plan.reads().size(); i++) {
      if (plan.reads().get(i).role().equals(role)) {
        reads.add(
            new RoleRead(
                i,
                plan.reads().get(i).view(),
                logs.of(plan.reads().get(i).view()),
                plan.featuresOf(i)));
      }
    }
    return reads;
  }

  private static Dataset<Row> withKeys(Dataset<Row> rows, Role role, Labels labels) {
    List<String> columns = labels.keys().getOrDefault(role.name(), List.of());
    List<Field> keys = role.entity().keys();
    if (columns.size() != keys.size()) {
      throw new IllegalArgumentException(
          "role '%s': %d key columns (expected: %d, for %s)"
              .formatted(role.name(), columns.size(), keys.size(), keys));
    }
    Dataset<Row> keyed = rows;
    for (int i = 0; i < keys.size(); i++) {
      Column key = SparkNames.column(columns.get(i)).cast(SparkTypes.of(keys.get(i).type()));
      keyed = keyed.withColumn(RoleJoin.key(i), key);
    }
    return keyed;
  }

  /** Where the join keeps the plan's request value of this index, in its declared type. */
  static String request(int index) {
    return OWN + "request_" + index;
  }

  private static boolean isReserved(String column) {
    String name = column.toLowerCase(Locale.ROOT);
    return name.startsWith(OWN) || name.equals(LogSchema.BUCKET);
  }
}
