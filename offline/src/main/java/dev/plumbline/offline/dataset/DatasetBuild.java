package dev.plumbline.offline.dataset;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.plumbline.definition.DatasetDefinition;
import dev.plumbline.definition.Source;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.pointintime.PointInTimeJoin;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.offline.source.SourceRows;
import dev.plumbline.registry.AppliedRevision;
import dev.plumbline.registry.RunLedger;
import dev.plumbline.type.Field;
import dev.plumbline.vector.PortablePlan;
import dev.plumbline.vector.ServicePlan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Builds training datasets: labels joined point-in-time with a service, as Parquet files and a
 * manifest.
 */
public final class DatasetBuild {
  static final String SPLIT = "split";
  static final List<String> SPLITS = List.of("train", "validation", "test");

  private final AppliedRevision applied;
  private final Warehouse warehouse;
  private final SourceReader sources;
  private final RunLedger ledger;
  private final DatasetShelf shelf;
  private final InstantSource clock;
  private final Progress progress;

  public DatasetBuild(
      AppliedRevision applied,
      Warehouse warehouse,
      SourceReader sources,
      RunLedger ledger,
      DatasetShelf shelf,
      InstantSource clock,
      Progress progress) {
    this.applied = applied;
    this.warehouse = warehouse;
    this.sources = sources;
    this.ledger = ledger;
    this.shelf = shelf;
    this.clock = clock;
    this.progress = progress;
  }

  /** What becomes of labels that are older than the features. */
  public enum BeforeCoverage {
    REFUSED,
    ALLOWED
  }

  /**
   * The dataset of this name at the log position of now.
   *
   * @throws dev.plumbline.failure.NotFoundException if there is no such definition
   * @throws InvalidException if labels cannot be joined; the message counts them
   * @throws dev.plumbline.offline.source.SourceMismatchException if the labels are not what their
   *     source declares
   * @throws dev.plumbline.failure.ConflictException if another build adds to this dataset now
   */
  public DatasetShelf.Kept build(String name, BeforeCoverage beforeCoverage) {
    DatasetDefinition definition = applied.revision().dataset(name);
    Source source = applied.revision().source(definition.labels().source());
    try {
      return build(definition, source, beforeCoverage);
    } catch (Exception e) { // Scala throws checked ones too
      throw sources.explained(source, e);
    }
  }

  private DatasetShelf.Kept build(
      DatasetDefinition definition, Source source, BeforeCoverage beforeCoverage) {
    PointInTimeJoin join =
        new PointInTimeJoin(PortablePlan.ofService(applied.revision(), definition.service()));
    DatasetLogs logs = new LogPositions(applied.revision(), warehouse, ledger).newest(join.plan());
    Instant built = clock.instant();
    SourceRows read = sources.open(source);
    LabelRows labels = LabelRows.known(definition, source, read.rows(), built);
    progress.at("checking the labels of " + definition.name());
    Instant coverage = logs.coverage();
    LabelRows.Counts counts = labels.check(coverage);
    if (beforeCoverage == BeforeCoverage.REFUSED) {
      counts.refuseUncovered(definition.name(), coverage);
    }
    progress.at("joining " + counts.rows() + " labels with their features");
    Dataset<Row> joined = join.join(ask(definition, join.plan(), labels.rows()), logs);
    Dataset<Row> rows = joined.withColumn(SPLIT, split(definition, counts));
    return shelf.keep(
        rows, new Manifest(applied, definition, logs, counts, read.quarantined(), built), progress);
  }

  private static PointInTimeJoin.Labels ask(
      DatasetDefinition definition, ServicePlan plan, Dataset<Row> labels) {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    for (ServicePlan.Role role : plan.roles()) {
      Map<String, String> columns = definition.labels().keys().getOrDefault(role.name(), Map.of());
      keys.put(
          role.name(),
          role.entity().keys().stream()
              .map(Field::name)
              .map(key -> columns.getOrDefault(key, key))
              .toList());
    }
    return new PointInTimeJoin.Labels(labels, definition.labels().time(), keys, Optional.empty());
  }

  /**
   * Which split a label falls into. Labels of one instant stay together, so shares are as near as
   * that allows.
   */
  private static Column split(DatasetDefinition definition, LabelRows.Counts counts) {
    if (counts.ends().isEmpty()) {
      return lit(SPLITS.get(0));
    }
    Column instant = expr("unix_micros(`%s`)".formatted(definition.labels().time()));
    boolean train = definition.split().orElseThrow().train() > 0;
    return when(lit(train).and(instant.leq(lit(counts.ends().get(0)))), SPLITS.get(0))
        .when(instant.leq(lit(counts.ends().get(1))), SPLITS.get(1))
        .otherwise(SPLITS.get(2));
  }
}
