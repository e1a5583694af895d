package dev.plumbline.registry;

import dev.plumbline.definition.ViewId;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.type.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The view versions of a project whose data was deleted, within one transaction. */
final class PruneTable {
  private static final String OF_VIEW =
      " where project = :project and view_name = :name and version = :version";

  private final Handle handle;
  private final String project;

  PruneTable(Handle handle, String project) {
    this.handle = handle;
    this.project = project;
  }

  Optional<PrunedVersion> find(ViewId view) {
    return of(view, handle.createQuery("select * from pruned_version" + OF_VIEW))
        .map((row, context) -> pruned(row))
        .findOne();
  }

  private static PrunedVersion pruned(ResultSet row) throws SQLException {
    row.getLong("finished_at");
    boolean finished = !row.wasNull();
    return new PrunedVersion(
        Micros.instant(row.getLong("pruned_at")),
        row.getString("pruned_by"),
        row.getString("folders").lines().toList(),
        finished);
  }

  /**
   * Does nothing unless the version was pruned.
   *
   * @throws ConflictException if it was
   */
  void reject(ViewId view) {
    find(view)
        .ifPresent(
            pruned -> {
              throw new ConflictException(
                  "view '%s' was pruned by %s at %s: its data is deleted, and it never comes back; make the next version"
                      .formatted(view, pruned.by(), pruned.at()));
            });
  }

  void insert(ViewId view, Instant at, String by, List<String> folders) {
    of(
            view,
            handle.createUpdate(
                "insert into pruned_version"
                    + " (project, view_name, version, pruned_at, pruned_by, folders)"
                    + " values (:project, :name, :version, :at, :by, :folders)"))
        .bind("at", Micros.of(at))
        .bind("by", by)
        .bind("folders", String.join("\n", folders))
        .execute();
  }

  void remember(ViewId view, List<String> folders) {
    of(view, handle.createUpdate("update pruned_version set folders = :folders" + OF_VIEW))
        .bind("folders", String.join("\n", folders))
        .execute();
  }

  void finish(ViewId view, Instant at) {
    of(view, handle.createUpdate("update pruned_version set finished_at = :at" + OF_VIEW))
        .bind("at", Micros.of(at))
        .execute();
  }

  private <S extends SqlStatement<S>> S of(ViewId view, S statement) {
    return statement
        .bind("project", project)
        .bind("name", view.name())
        .bind("version", view.version());
  }
}
