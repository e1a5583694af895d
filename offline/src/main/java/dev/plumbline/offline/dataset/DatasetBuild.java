package dev.plumbline.offline.dataset;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.plumbline.definition.DatasetDefinition;
import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Source;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.pointintime.PointInTimeJoin;
import dev.plumbline.offline.pointintime.ViewLog;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.registry.AppliedRevision;
import dev.plumbline.registry.RunLedger;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Run;
import dev.plumbline.type.Field;
import dev.plumbline.type.Micros;
import dev.plumbline.vector.PortablePlan;
import dev.plumbline.vector.ServicePlan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  /** Readers of a folder of Parquet files pass over what begins with an underscore. */
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
   */
  public DatasetShelf.Kept build(String name, BeforeCoverage beforeCoverage) {
    DatasetDefinition definition = applied.revision().dataset(name);
    PortablePlan plan = PortablePlan.ofService(applied.revision(), definition.service());
    Map<FeatureView, ViewLog> logs = logs(plan.resolve());
    Instant built = clock.instant();
    Source source = applied.revision().source(definition.labels().source());
    LabelRows known = new LabelRows(definition.labels(), source);
    Dataset<Row> labels = known.select(sources.read(source), built);
    progress.at("checking the labels of " + name);
    LabelRows.Counts counts = check(known, labels, built, logs, definition, source);
    refuseUncovered(name, counts, beforeCoverage, coverage(logs));
    progress.at("joining " + counts.rows() + " labels with their features");
    Dataset<Row> joined =
        new PointInTimeJoin(plan, view -> Objects.requireNonNull(logs.get(view)))
            .join(ask(definition, plan.resolve(), labels));
    Dataset<Row> rows = joined.withColumn(SPLIT, split(definition, counts));
    Manifest manifest = new Manifest(applied, definition, logs, counts, built);
    try {
      return shelf.keep(rows, manifest, progress);
    } catch (RuntimeException e) {
      throw sources.explained(source, e);
    }
  }

  private LabelRows.Counts check(
      LabelRows known,
      Dataset<Row> labels,
      Instant built,
      Map<FeatureView, ViewLog> logs,
      DatasetDefinition definition,
      Source source) {
    try {
      return known.check(labels, built, coverage(logs), definition.split());
    } catch (RuntimeException e) {
      throw sources.explained(source, e);
    }
  }

  /** The log of each view that is read, up to its last closed run. */
  private Map<FeatureView, ViewLog> logs(ServicePlan plan) {
    Map<FeatureView, ViewLog> logs = new LinkedHashMap<>();
    for (ServicePlan.Read read : plan.reads()) {
      FeatureView view = read.view();
      List<Run> runs = ledger.runs(view.id());
      long position =
          runs.stream().filter(Run::closed).mapToLong(Run::stamp).max().orElse(Long.MIN_VALUE);
      Ledger closed = new Ledger(view.timing(), runs).upTo(view.timing(), position);
      if (closed.runs().isEmpty()) {
        throw new UnavailableException(
            "%s has no rows yet; run: plumb materialize %s --from INSTANT"
                .formatted(view.id(), view.id()));
      }
      Entity entity = applied.revision().entity(view.entity());
      logs.put(view, new ViewLog(warehouse.table(view, entity), closed));
    }
    return logs;
  }

  private static Instant coverage(Map<FeatureView, ViewLog> logs) {
    return Micros.instant(
        logs.values().stream()
            .mapToLong(log -> log.ledger().firstRefresh().orElseThrow())
            .max()
            .orElse(0));
  }

  private static void refuseUncovered(
      String name, LabelRows.Counts counts, BeforeCoverage beforeCoverage, Instant coverage) {
    if (counts.beforeCoverage() > 0 && beforeCoverage == BeforeCoverage.REFUSED) {
      throw new InvalidException(
          "dataset '%s': %d of %d labels lie before %s, the first refresh of its features, and would be MISSING; backfill from an earlier time, or pass --allow-before-coverage"
              .formatted(name, counts.beforeCoverage(), counts.rows(), coverage));
    }
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
    return when(instant.lt(lit(counts.ends().get(0))), SPLITS.get(0))
        .when(instant.lt(lit(counts.ends().get(1))), SPLITS.get(1))
        .otherwise(SPLITS.get(2));
  }
}
