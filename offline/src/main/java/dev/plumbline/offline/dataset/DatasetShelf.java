package dev.plumbline.offline.dataset;

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
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Where datasets are kept: in a folder {@code NAME/vN} each, with a manifest, and in the catalog. A
 * version is there whole or not at all, and is never replaced.
 */
public final class DatasetShelf {
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
      DatasetFiles files = new DatasetFiles(scratch.path());
      Dataset<Row> written = files.write(rows, List.of(SplitColumn.NAME));
      progress.at("hashing and describing the dataset");
      String hash = ContentHash.of(written);
      try (DatasetLock lock = DatasetLock.acquire(manifest.dataset(), versions)) {
        return newest(manifest.dataset(), hash)
            .map(same -> new Kept(same, manifest.rows(), manifest.quarantined(), true))
            .orElseGet(
                () ->
                    new Kept(
                        add(written, hash, manifest, files),
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

  private DatasetVersion add(
      Dataset<Row> written, String hash, Manifest manifest, DatasetFiles files) {
    int number = catalog.nextVersion(manifest.dataset());
    ObjectNode described = manifest.describe(written, OptionalInt.of(number), hash);
    Path home = folder.resolve(manifest.dataset()).resolve("v" + number);
    try {
      files.describe(described);
      clear(home, hash);
      Files.move(files.folder(), home);
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
    if (!new DatasetFiles(home).holds(hash)) {
      throw new ConflictException(
          "%s holds a dataset that is not in the catalog, perhaps of another environment (expected: no such folder); move it away, or give each environment a folder of its own"
              .formatted(home));
    }
    Folders.delete(home);
  }
}
