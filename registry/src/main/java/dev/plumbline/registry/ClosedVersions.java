package dev.plumbline.registry;

import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.Meaning;
import dev.plumbline.failure.NotFoundException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The view versions that some applied revision has, within one transaction. */
final class ClosedVersions {
  private final Handle handle;
  private final String project;

  ClosedVersions(Handle handle, String project) {
    this.handle = handle;
    this.project = project;
  }

  static NotFoundException notApplied(String project, ViewId view) {
    return new NotFoundException(
        "view '%s' is in no applied revision of project '%s'; run plumb apply"
            .formatted(view, project));
  }

  /** All of them, by name and version. */
  SortedMap<ViewId, ClosedVersion> all() {
    SortedMap<ViewId, ClosedVersion> all = new TreeMap<>();
    handle
        .createQuery(
            "select view_name, version, first_revision, meaning_fingerprint, meaning"
                + " from view_version where project = :project")
        .bind("project", project)
        .map(
            (row, context) ->
                new ClosedVersion(
                    new ViewId(row.getString("view_name"), row.getInt("version")),
                    row.getInt("first_revision"),
                    row.getString("meaning_fingerprint"),
                    row.getString("meaning")))
        .forEach(each -> all.put(each.id(), each));
    return all;
  }

  Optional<Integer> shortId(ViewId id) {
    return handle
        .createQuery(
            "select short_id from view_version"
                + " where project = :project and view_name = :name and version = :version")
        .bind("project", project)
        .bind("name", id.name())
        .bind("version", id.version())
        .mapTo(Integer.class)
        .findOne();
  }

  /** Closes a version that was in no revision before. */
  void close(ViewId id, Meaning meaning, int revision) {
    handle
        .createUpdate(
            "insert into view_version"
                + " (project, view_name, version, short_id, meaning, meaning_fingerprint, first_revision)"
                + " values (:project, :name, :version,"
                + " (select coalesce(max(short_id), 0) + 1 from view_version where project = :project),"
                + " :meaning, :fingerprint, :revision)")
        .bind("project", project)
        .bind("name", id.name())
        .bind("version", id.version())
        .bind("meaning", meaning.json())
        .bind("fingerprint", meaning.fingerprint())
        .bind("revision", revision)
        .execute();
  }
}
