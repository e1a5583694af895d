package dev.plumbline.registry;

import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.type.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The datasets of a project that were built. Their versions never change. */
public final class DatasetCatalog {
  private static final String SELECT =
      "select name, version, manifest, content_hash, path, created_at from dataset"
          + " where project = :project";

  private final MetadataDatabase database;
  private final String project;

  public DatasetCatalog(MetadataDatabase database, String project) {
    this.database = database;
    this.project = project;
  }

  /** The version that the next dataset of this name would have. */
  public int nextVersion(String name) {
    return newest(name).map(DatasetVersion::version).orElse(0) + 1;
  }

  /**
   * Adds a version that was built.
   *
   * @throws ConflictException if that version exists
   */
  public void add(DatasetVersion dataset) {
    database.transaction(
        handle -> {
          int added =
              handle
                  .createUpdate(
                      "insert into dataset"
                          + " (project, name, version, manifest, content_hash, path, created_at)"
                          + " values (:project, :name, :version, :manifest, :contentHash, :path,"
                          + " :createdAt) on conflict do nothing")
                  .bind("project", project)
                  .bind("name", dataset.name())
                  .bind("version", dataset.version())
                  .bind("manifest", dataset.manifest())
                  .bind("contentHash", dataset.contentHash())
                  .bind("path", dataset.path())
                  .bind("createdAt", Micros.of(dataset.createdAt()))
                  .execute();
          if (added == 0) {
            throw new ConflictException(
                "dataset '%s' has a version %d already, and versions never change; build the next one"
                    .formatted(dataset.name(), dataset.version()));
          }
          return added;
        });
  }

  /** The newest version of the dataset of this name. */
  public Optional<DatasetVersion> newest(String name) {
    List<DatasetVersion> versions = versions(name);
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
  }

  /**
   * One version of a dataset.
   *
   * @throws NotFoundException if there is none
   */
  public DatasetVersion load(String name, int version) {
    List<DatasetVersion> versions = versions(name);
    return versions.stream()
        .filter(dataset -> dataset.version() == version)
        .findFirst()
        .orElseThrow(
            () ->
                new NotFoundException(
                    "dataset '%s' has no version %d (built so far: %s)"
                        .formatted(
                            name,
                            version,
                            versions.stream().map(DatasetVersion::version).toList())));
  }

  /** All versions of the dataset of this name, oldest first. */
  public List<DatasetVersion> versions(String name) {
    return database.transaction(
        handle ->
            handle
                .createQuery(SELECT + " and name = :name order by version")
                .bind("project", project)
                .bind("name", name)
                .map((row, context) -> dataset(row))
                .list());
  }

  /** All versions of all datasets, by name and version. */
  public List<DatasetVersion> all() {
    return database.transaction(
        handle ->
            handle
                .createQuery(SELECT + " order by name, version")
                .bind("project", project)
                .map((row, context) -> dataset(row))
                .list());
  }

  private static DatasetVersion dataset(ResultSet row) throws SQLException {
    return new DatasetVersion(
        row.getString("name"),
        row.getInt("version"),
        row.getString("manifest"),
        row.getString("content_hash"),
        row.getString("path"),
        Micros.instant(row.getLong("created_at")));
  }
}
