package dev.plumbline.spark;

import dev.plumbline.definition.Revision;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.offline.StorageFailures;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.dataset.DatasetLogs;
import dev.plumbline.offline.dataset.LabelTimes;
import dev.plumbline.offline.dataset.LogPosition;
import dev.plumbline.offline.dataset.LogReader;
import dev.plumbline.offline.pointintime.JoinColumns;
import dev.plumbline.offline.pointintime.PointInTimeJoin;
import dev.plumbline.registry.RunLedger;
import dev.plumbline.vector.AdHocService;
import dev.plumbline.vector.PortablePlan;
import dev.plumbline.vector.UnknownNameException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Labels, and what is asked of the features at their times. Each method says one thing more and
 * returns the same object; {@link #build} joins. For one thread.
 */
public final class TrainingSet {
  private static final String SUBJECT = "labels";

  private final Dataset<Row> labels;
  private final SparkSession spark;
  private final Revision revision;
  private final Warehouse warehouse;
  private final RunLedger ledger;
  private final InstantSource clock;

  private final Map<String, Map<String, String>> keys = new LinkedHashMap<>();
  private final Map<String, String> entities = new LinkedHashMap<>();
  private @Nullable String time;
  private @Nullable String service;
  private @Nullable List<String> references;
  private @Nullable Instant position;
  private boolean statusKept = true;
  private boolean coverageAsked = true;

  TrainingSet(
      Dataset<Row> labels,
      SparkSession spark,
      Revision revision,
      Warehouse warehouse,
      RunLedger ledger,
      InstantSource clock) {
    this.labels = labels;
    this.spark = spark;
    this.revision = revision;
    this.warehouse = warehouse;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Names the column that says when the model would have asked, a timestamp. */
  public TrainingSet time(String column) {
    time = column;
    return this;
  }

  /** Asks for the features of a declared service. */
  public TrainingSet service(String name) {
    service = name;
    return this;
  }

  /**
   * Asks for these features, {@code role:feature@version} each. A role is an entity's name, or any
   * other where only one entity has such a feature; see {@link #role}.
   */
  public TrainingSet features(String... references) {
    return features(List.of(references));
  }

  /** {@link #features(String...)}, for Python. */
  public TrainingSet features(List<String> references) {
    this.references = List.copyOf(references);
    return this;
  }

  /** Says which entity a role of {@link #features} stands for. */
  public TrainingSet role(String role, String entity) {
    entities.put(role, entity);
    return this;
  }

  /**
   * Says which column holds a key; otherwise it is the column of the key's own name.
   *
   * @param role a role of the service, or of the features
   * @param key of that role's entity
   */
  public TrainingSet key(String role, String key, String column) {
    keys.computeIfAbsent(role, none -> new LinkedHashMap<>()).put(key, column);
    return this;
  }

  /**
   * Reads the log of each view as it stood at this instant, up to the last run that was finished
   * then. Labels may be later; they get what was known at that position.
   */
  public TrainingSet asOf(Instant instant) {
    position = instant;
    return this;
  }

  /**
   * {@link #asOf(Instant)}, for Python.
   *
   * @param instant such as {@code 2001-06-15T12:00:00Z}
   * @throws InvalidException if it is no instant
   */
  public TrainingSet asOf(String instant) {
    return asOf(Instants.read(instant));
  }

  /** Leaves out the columns that hold a status. */
  public TrainingSet withoutStatus() {
    statusKept = false;
    return this;
  }

  /** Keeps labels that are older than the features; they are MISSING. */
  public TrainingSet allowBeforeCoverage() {
    coverageAsked = false;
    return this;
  }

  /**
   * The labels' columns as they are, then a column for each feature and, unless declined, for each
   * status: {@code role__feature} and {@code role__view__status}. As many rows as labels, in no
   * order. Labels are read twice, first to look at their times; which runs the features come from
   * is settled here, and no later one changes the rows.
   *
   * @throws InvalidException if the description is not complete, or does not fit the labels; if
   *     there are no labels, one is later than now, or one is older than the features
   * @throws UnknownNameException if there is no such service, feature, role or key
   * @throws NotFoundException if a view had no run at the position that is asked
   * @throws dev.plumbline.failure.UnavailableException if a view has no rows yet
   */
  public Dataset<Row> build() {
    return StorageFailures.explained(this::joined);
  }

  private Dataset<Row> joined() {
    PointInTimeJoin join = new PointInTimeJoin(plan());
    LabelSchema schema = new LabelSchema(labels.schema());
    String asked = schema.time(Optional.ofNullable(time));
    Map<String, List<String>> columns = schema.keys(join.plan(), keys);
    schema.checkRequest(join.plan());
    JoinColumns names = new JoinColumns(join.plan());
    DatasetLogs logs =
        new LogReader(revision, warehouse, ledger)
            .at(
                position == null ? new LogPosition.Newest() : new LogPosition.AsOf(position),
                join.plan());
    checkTimes(asked, logs.coverage());
    PointInTimeJoin.Labels question =
        new PointInTimeJoin.Labels(in(warehouse.spark(), labels), asked, columns, Optional.empty());
    Dataset<Row> rows = join.join(question, logs);
    String[] declined = statusKept ? new String[0] : names.statuses().toArray(String[]::new);
    return in(spark, rows.drop(declined));
  }

  private PortablePlan plan() {
    if (references != null && service == null) {
      return PortablePlan.ofService(
          AdHocService.in(revision, references, entities), AdHocService.NAME);
    }
    if (service == null || references != null) {
      throw new InvalidException(
          "training set: %s (expected: either service(\"name\") or features(\"role:feature@version\", ...))"
              .formatted(service == null ? "no features are asked for" : "both are asked for"));
    }
    if (!entities.isEmpty()) {
      throw new InvalidException(
          "training set: a role is given to service '%s' (expected: its own roles); leave out role(...)"
              .formatted(service));
    }
    return PortablePlan.ofService(revision, service);
  }

  private void checkTimes(String asked, Instant coverage) {
    Row found = new LabelTimes(SUBJECT, asked, clock.instant()).check(labels, coverage);
    long rows = found.getLong(0);
    long uncovered = found.getLong(1);
    if (rows == 0) {
      throw new InvalidException("labels: there is none (expected: 1 or more)");
    }
    if (coverageAsked && uncovered > 0) {
      throw LabelTimes.uncovered(SUBJECT, uncovered, rows, coverage, "call allowBeforeCoverage()");
    }
  }

  /**
   * The same rows in another session of the same Spark. What they mean was settled where they come
   * from, and is computed as it was planned there.
   */
  private static Dataset<Row> in(SparkSession other, Dataset<Row> rows) {
    return ((org.apache.spark.sql.classic.SparkSession) other)
        .internalCreateDataFrame(
            ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().toRdd(),
            rows.schema(),
            false);
  }
}
