package dev.plumbline.offline.dataset;

import dev.plumbline.definition.DatasetDefinition;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.offline.ContentHash;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.registry.AppliedRevision;
import dev.plumbline.registry.RunLedger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Builds training datasets: labels joined point-in-time with a service, as Parquet files and a
 * manifest.
 */
public final class DatasetBuild {
  private final AppliedRevision applied;
  private final Warehouse warehouse;
  private final SourceReader sources;
  private final RunLedger ledger;
  private final DatasetShelf shelf;
  private final Optional<CodeCommit> code;
  private final InstantSource clock;
  private final Progress progress;

  /**
   * A build of datasets of this revision.
   *
   * @param code what manifests say of the project's folder
   */
  public DatasetBuild(
      AppliedRevision applied,
      Warehouse warehouse,
      SourceReader sources,
      RunLedger ledger,
      DatasetShelf shelf,
      Optional<CodeCommit> code,
      InstantSource clock,
      Progress progress) {
    this.applied = applied;
    this.warehouse = warehouse;
    this.sources = sources;
    this.ledger = ledger;
    this.shelf = shelf;
    this.code = code;
    this.clock = clock;
    this.progress = progress;
  }

  /** What becomes of labels that are older than the features. */
  public enum BeforeCoverage {
    REFUSED,
    ALLOWED
  }

  /**
   * A dataset that was written to a folder of the caller's.
   *
   * @param quarantined bad rows of the source of its labels that were left out
   */
  public record Written(
      Path folder, long rows, long quarantined, String contentHash, Instant built) {}

  /**
   * The dataset of this name, kept as its next version.
   *
   * @throws dev.plumbline.failure.NotFoundException if there is no such definition, or no run at
   *     the log position
   * @throws InvalidException if labels cannot be joined; the message counts them
   * @throws dev.plumbline.offline.source.SourceMismatchException if the labels are not what their
   *     source declares
   * @throws dev.plumbline.failure.ConflictException if another build adds to this dataset now
   */
  public DatasetShelf.Kept build(String name, DatasetOptions options) {
    Revision revision = applied.revision();
    DatasetDefinition definition = revision.dataset(name);
    return explained(
        revision.source(definition.labels().source()),
        () -> {
          Instant built = clock.instant();
          DatasetJoin.Joined joined = join(revision, definition, built, options);
          return shelf.keep(joined.divided(), manifest(revision, joined, options, built), progress);
        });
  }

  /**
   * Labels of a file joined with a list of features. Nothing enters the catalog.
   *
   * @param out where files go; there is nothing yet
   * @throws dev.plumbline.failure.ConflictException if there is something at {@code out}
   * @throws InvalidException if labels cannot be joined
   */
  public Written build(AdHocDataset asked, DatasetOptions options, Path out) {
    OutFolder folder = OutFolder.free(out);
    AdHocDataset.Defined defined = asked.define(applied.revision(), sources);
    Revision revision = defined.revision();
    return explained(
        revision.source(defined.dataset().labels().source()),
        () -> {
          Instant built = clock.instant();
          DatasetJoin.Joined joined = join(revision, defined.dataset(), built, options);
          Manifest manifest = manifest(revision, joined, options, built);
          String hash = folder.fill(files -> write(files, joined.rows(), manifest));
          return new Written(folder.path(), manifest.rows(), manifest.quarantined(), hash, built);
        });
  }

  private String write(DatasetFiles files, Dataset<Row> rows, Manifest manifest) {
    Dataset<Row> written = files.write(rows, List.of());
    progress.at("hashing and describing the dataset");
    String hash = ContentHash.of(written);
    files.describe(manifest.describe(written, OptionalInt.empty(), hash));
    return hash;
  }

  private DatasetJoin.Joined join(
      Revision revision, DatasetDefinition definition, Instant built, DatasetOptions options) {
    LogReader logs = new LogReader(revision, warehouse, ledger);
    return new DatasetJoin(revision, logs, sources, progress).join(definition, built, options);
  }

  private Manifest manifest(
      Revision revision, DatasetJoin.Joined joined, DatasetOptions options, Instant built) {
    return new Manifest(applied.fingerprint(), revision, joined, options, built, code);
  }

  private <T> T explained(Source source, Supplier<T> work) {
    try {
      return work.get();
    } catch (Exception e) { // Scala throws checked ones too
      throw sources.explained(source, e);
    }
  }
}
