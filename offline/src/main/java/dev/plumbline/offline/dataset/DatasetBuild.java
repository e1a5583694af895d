package dev.plumbline.offline.dataset;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.plumbline.registry.DatasetCatalog;
import dev.plumbline.registry.DatasetVersion;
import dev.plumbline.registry.RunLedger;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Run;
import dev.plumbline.type.Field;
import dev.plumbline.type.Micros;
import dev.plumbline.vector.PortablePlan;
import dev.plumbline.vector.ServicePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final String MANIFEST = "_manifest.json";

  private final AppliedRevision applied;
  private final Warehouse warehouse;
  private final SourceReader sources;
  private final RunLedger ledger;
  private final DatasetCatalog catalog;
  private final Path folder;
  private final InstantSource clock;
  private final Progress progress;

  /**
   * @param folder under which every dataset gets one of its own
   */
  public DatasetBuild(
      AppliedRevision applied,
      Warehouse warehouse,
      SourceReader sources,
      RunLedger ledger,
      DatasetCatalog catalog,
      Path folder,
      InstantSource clock,
      Progress progress) {
    this.applied = applied;
    this.warehouse = warehouse;
    this.sources = sources;
    this.ledger = ledger;
    this.catalog = catalog;
    this.folder = folder;
    this.clock = clock;
    this.progress = progress;
  }

  /** What becomes of labels that are older than the features. */
  public enum BeforeCoverage {
    REFUSED,
    ALLOWED
  }

  /**
   * A dataset that was built, or one that already was.
   *
   * @param unchanged whether the newest version holds the same rows, so that no other was made
   */
  public record Built(DatasetVersion version, long rows, boolean unchanged) {}

  /**
   * The dataset of this name at the log position of now.
   *
   * @throws dev.plumbline.failure.NotFoundException if there is no such definition
   * @throws InvalidException if labels cannot be joined; the message counts them
   */
  public Built build(String name, BeforeCoverage beforeCoverage) {
    DatasetDefinition definition = applied.revision().dataset(name);
    PortablePlan plan = PortablePlan.ofService(applied.revision(), definition.service());
    Map<FeatureView, ViewLog> logs = logs(plan.resolve());
    Instant built = clock.instant();
    Source source = applied.revision().source(definition.labels().source());
    LabelRows rows = new LabelRows(definition.labels(), source);
    Dataset<Row> labels = rows.select(sources.read(source), built);
    progress.at("checking the labels of " + name);
    LabelRows.Counts counts = rows.check(labels, built, coverage(logs), definition.split());
    refuseUncovered(name, counts, beforeCoverage, coverage(logs));
    progress.at("joining " + counts.rows() + " labels with their features");
    Dataset<Row> joined =
        new PointInTimeJoin(plan, view -> Objects.requireNonNull(logs.get(view)))
            .join(ask(definition, plan.resolve(), labels));
    Path scratch =
        folder
            .resolve(name)
            .resolve("building-" + Micros.of(built) + "-" + ProcessHandle.current().pid());
    write(joined.withColumn(SPLIT, split(definition, counts)), scratch);
    return keep(definition, logs, counts, scratch, built);
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

  private static void write(Dataset<Row> rows, Path scratch) {
    rows.write().partitionBy(SPLIT).option("compression", "zstd").parquet(scratch.toString());
  }

  private Built keep(
      DatasetDefinition definition,
      Map<FeatureView, ViewLog> logs,
      LabelRows.Counts counts,
      Path scratch,
      Instant built) {
    progress.at("hashing and describing the dataset");
    Dataset<Row> written = warehouse.spark().read().parquet(scratch.toString());
    String hash = ContentHash.of(written);
    Optional<DatasetVersion> newest = catalog.newest(definition.name());
    if (newest.isPresent()
        && newest.get().contentHash().equals(hash)
        && Files.exists(Path.of(newest.get().path()))) {
      Folders.delete(scratch);
      return new Built(newest.get(), counts.rows(), true);
    }
    int version = catalog.nextVersion(definition.name());
    ObjectNode manifest =
        new Manifest(applied, definition, logs, counts).describe(written, version, hash, built);
    Path home = folder.resolve(definition.name()).resolve("v" + version);
    try {
      Files.writeString(scratch.resolve(MANIFEST), manifest.toPrettyString() + "\n");
      Folders.delete(home);
      Files.move(scratch, home);
    } catch (IOException e) {
      throw new UnavailableException(
          "dataset cannot be written to %s: %s".formatted(home, e.getMessage()), e);
    }
    DatasetVersion added =
        new DatasetVersion(
            definition.name(), version, manifest.toString(), hash, home.toString(), built);
    catalog.add(added);
    return new Built(added, counts.rows(), false);
  }
}
