package dev.plumbline.registry;

import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.Meaning;
import dev.plumbline.failure.NotFoundException;
import java.util.Map;
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

  /** What each of them means, by name and version. */
  SortedMap<ViewId, Meaning> meanings() {
    SortedMap<ViewId, Meaning> meanings = new TreeMap<>();
    handle
        .createQuery(
            "select view_name, version, meaning from view_version where project = :project")
        .bind("project", project)
        .map(
            (row, context) ->
                Map.entry(
                    new ViewId(row.getString("view_name"), row.getInt("version")),
                    new Meaning(row.getString("meaning"))))
        .forEach(each -> meanings.put(each.getKey(), each.getValue()));
    return meanings;
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
