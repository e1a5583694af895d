package dev.plumbline.offline.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.definition.DatasetDefinition;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.ViewId;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.offline.ContentHash;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.dataset.DatasetBuild.BeforeCoverage;
import dev.plumbline.offline.dataset.DatasetOptions.StatusColumns;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.registry.DatasetVersion;
import dev.plumbline.registry.RevisionRegistry;
import dev.plumbline.registry.RunLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Builds a dataset again from what its manifest pins (revision, log positions, build instant) and
 * compares. Nothing is written.
 */
public final class DatasetVerification {
  private final RevisionRegistry registry;
  private final Warehouse warehouse;
  private final SourceReader sources;
  private final RunLedger ledger;
  private final Progress progress;

  public DatasetVerification(
      RevisionRegistry registry,
      Warehouse warehouse,
      SourceReader sources,
      RunLedger ledger,
      Progress progress) {
    this.registry = registry;
    this.warehouse = warehouse;
    this.sources = sources;
    this.ledger = ledger;
    this.progress = progress;
  }

  /** How a part of a dataset compares with what it was when the dataset was built. */
  public enum Compared {
    SAME,
    CHANGED,
    /** There is nothing to compare: the files are gone, or the manifest does not say. */
    UNKNOWN
  }

  /**
   * What was found.
   *
   * @param rows how many the manifest counts
   * @param rebuiltRows how many there are now
   * @param labels the rows that are joined
   * @param files those of the dataset, against the manifest
   * @param columns names of columns that differ between the files and what was rebuilt; empty if
   *     none does alone, or the files cannot say
   */
  public record Verdict(
      DatasetVersion version,
      String rebuiltHash,
      long rows,
      long rebuiltRows,
      Compared labels,
      Compared files,
      List<String> columns) {
    /** Whether the dataset can be built again as it was, and is there as it was. */
    public boolean holds() {
      return isRebuilt() && files == Compared.SAME;
    }

    /** Whether building it again gives the same rows. */
    public boolean isRebuilt() {
      return rebuiltHash.equals(version.contentHash());
    }
  }

  /**
   * Compares a version with what it would be if it were built again.
   *
   * @throws NotFoundException if the registry has lost the revision, or a ledger the run
   * @throws dev.plumbline.offline.source.SourceMismatchException if the labels cannot be read any
   *     more
   */
  public Verdict verify(DatasetVersion version) {
    JsonNode manifest = DatasetFiles.parse(version.manifest());
    Revision revision = registry.load(manifest.path("registry_revision").asText()).revision();
    DatasetDefinition definition = revision.dataset(version.name());
    Source source = revision.source(definition.labels().source());
    try {
      return verify(version, manifest, join(revision, definition, manifest));
    } catch (Exception e) { // Scala throws checked ones too
      throw sources.explained(source, e);
    }
  }

  private DatasetJoin.Joined join(
      Revision revision, DatasetDefinition definition, JsonNode manifest) {
    boolean statuses = manifest.path("status_columns").asBoolean(true);
    DatasetOptions options =
        new DatasetOptions(
            BeforeCoverage.ALLOWED, // those that there are were allowed when it was built
            statuses ? StatusColumns.KEPT : StatusColumns.DECLINED,
            new LogPosition.Pinned(stamps(manifest)));
    Instant built = Instant.parse(manifest.path("built_at").asText());
    LogReader logs = new LogReader(revision, warehouse, ledger);
    return new DatasetJoin(revision, logs, sources, progress).join(definition, built, options);
  }

  private static Map<ViewId, Long> stamps(JsonNode manifest) {
    Map<ViewId, Long> stamps = new LinkedHashMap<>();
    for (JsonNode view : manifest.path("views")) {
      ViewId id = ViewId.parse(view.path("view").asText()).orElseThrow();
      stamps.put(id, view.path("log_position").asLong());
    }
    return stamps;
  }

  private Verdict verify(DatasetVersion version, JsonNode manifest, DatasetJoin.Joined joined) {
    Dataset<Row> rebuilt = joined.divided();
    String hash = ContentHash.of(rebuilt);
    progress.at("comparing with the files of the dataset");
    Optional<Dataset<Row>> kept = kept(version, rebuilt);
    boolean same = hash.equals(version.contentHash());
    return new Verdict(
        version,
        hash,
        manifest.path("rows").asLong(),
        joined.counts().rows(),
        labels(manifest, joined),
        kept.map(files -> compared(ContentHash.of(files), version.contentHash()))
            .orElse(Compared.UNKNOWN),
        same ? List.of() : kept.map(files -> differing(files, rebuilt)).orElse(List.of()));
  }

  private static Optional<Dataset<Row>> kept(DatasetVersion version, Dataset<Row> rebuilt) {
    return Files.exists(Path.of(version.path()))
        ? Optional.of(rebuilt.sparkSession().read().parquet(version.path()))
        : Optional.empty();
  }

  private static Compared labels(JsonNode manifest, DatasetJoin.Joined joined) {
    String before = manifest.path("labels").path(Manifest.CONTENT_HASH).asText("");
    return before.isEmpty() ? Compared.UNKNOWN : compared(ContentHash.of(joined.labels()), before);
  }

  private static Compared compared(String now, String before) {
    return now.equals(before) ? Compared.SAME : Compared.CHANGED;
  }

  private static List<String> differing(Dataset<Row> kept, Dataset<Row> rebuilt) {
    Map<String, String> before = ContentHash.ofColumns(kept);
    Map<String, String> now = ContentHash.ofColumns(rebuilt);
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    names.removeIf(name -> before.getOrDefault(name, "").equals(now.get(name)));
    return List.copyOf(names);
  }
}
