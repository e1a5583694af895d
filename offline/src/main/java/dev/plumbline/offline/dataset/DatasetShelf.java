package dev.plumbline.offline.dataset;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.offline.ContentHash;
import dev.plumbline.offline.Progress;
import dev.plumbline.registry.DatasetCatalog;
import dev.plumbline.registry.DatasetVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Where datasets are kept: in a folder {@code NAME/vN} each, with a manifest, and in the catalog. A
 * version is there whole or not at all, and is never replaced.
 */
public final class DatasetShelf {
  /** Readers of Parquet pass over files whose names begin so. */
  private static final String MANIFEST = "_manifest.json";

  private static final JsonMapper MAPPER = new JsonMapper();

  private final DatasetCatalog catalog;
  private final Path folder;

  /**
   * A shelf in {@code folder}.
   *
   * @param catalog of the same datasets
   */
  public DatasetShelf(DatasetCatalog catalog, Path folder) {
    this.catalog = catalog;
    this.folder = folder;
  }

  /**
   * A dataset that was built, or one that already was.
   *
   * @param quarantined bad rows of the source of its labels that were left out
   * @param unchanged whether the newest version holds the same rows, so that no other was made
   */
  public record Kept(DatasetVersion version, long rows, long quarantined, boolean unchanged) {}

  /**
   * Computes the rows and keeps them as the next version, unless the newest one holds the same.
   *
   * @throws ConflictException if another build adds a version of this dataset now
   */
  Kept keep(Dataset<Row> rows, Manifest manifest, Progress progress) {
    Path versions = folder.resolve(manifest.dataset());
    try (ScratchFolder scratch = ScratchFolder.in(versions)) {
      String files = scratch.path().toString();
      rows.write().partitionBy(DatasetBuild.SPLIT).option("compression", "zstd").parquet(files);
      progress.at("hashing and describing the dataset");
      Dataset<Row> written = rows.sparkSession().read().parquet(files);
      String hash = ContentHash.of(written);
      try (DatasetLock lock = DatasetLock.acquire(manifest.dataset(), versions)) {
        return newest(manifest.dataset(), hash)
            .map(same -> new Kept(same, manifest.rows(), manifest.quarantined(), true))
            .orElseGet(
                () ->
                    new Kept(
                        add(written, hash, manifest, scratch.path()),
                        manifest.rows(),
                        manifest.quarantined(),
                        false));
      }
    }
  }

  /** The newest version, if it holds these rows and is there. */
  private Optional<DatasetVersion> newest(String dataset, String hash) {
    return catalog
        .newest(dataset)
        .filter(newest -> newest.contentHash().equals(hash))
        .filter(DatasetShelf::isThere);
  }

  private static boolean isThere(DatasetVersion version) {
    return Files.exists(Path.of(version.path()));
  }

  private DatasetVersion add(Dataset<Row> written, String hash, Manifest manifest, Path scratch) {
    int number = catalog.nextVersion(manifest.dataset());
    ObjectNode described = manifest.describe(written, number, hash);
    Path home = folder.resolve(manifest.dataset()).resolve("v" + number);
    try {
      Files.writeString(scratch.resolve(MANIFEST), described.toPrettyString() + "\n");
      clear(home, hash);
      Files.move(scratch, home);
    } catch (IOException e) {
      throw new UnavailableException(
          "a dataset cannot be written to %s: %s".formatted(home, e.getMessage()), e);
    }
    DatasetVersion version =
        new DatasetVersion(
            manifest.dataset(),
            number,
            described.toString(),
            hash,
            home.toString(),
            manifest.built());
    catalog.add(version);
    return version;
  }

  /**
   * Removes what a build left that was killed before it was in the catalog; anything else stays.
   */
  private static void clear(Path home, String hash) throws IOException {
    if (!Files.exists(home)) {
      return;
    }
    if (!holds(home, hash)) {
      throw new ConflictException(
          "%s holds a dataset that is not in the catalog, perhaps of another environment (expected: no such folder); move it away, or give each environment a folder of its own"
              .formatted(home));
    }
    Folders.delete(home);
  }

  private static boolean holds(Path home, String hash) throws IOException {
    Path manifest = home.resolve(MANIFEST);
    return Files.exists(manifest)
        && MAPPER.readTree(manifest.toFile()).path(Manifest.CONTENT_HASH).asText("").equals(hash);
  }
}
