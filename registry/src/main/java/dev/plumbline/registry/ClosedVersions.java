package dev.plumbline.registry;

import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.Meaning;
import dev.plumbline.definition.json.RevisionJson;
import dev.plumbline.failure.NotFoundException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The view versions that some applied revision has, within one transaction. */
final class ClosedVersions {
  private final Handle handle;
  private final String project;

  /** By their numbers, those that were read. */
  private final Map<Integer, Optional<Revision>> revisions = new HashMap<>();

  ClosedVersions(Handle handle, String project) {
    this.handle = handle;
    this.project = project;
  }

  static NotFoundException notApplied(String project, ViewId view) {
    return new NotFoundException(
        "view '%s' is in no applied revision of project '%s'; run plumb apply"
            .formatted(view, project));
  }

  /** What a closed version means, in the canonical text of this release. */
  Optional<Meaning> meaning(ViewId id) {
    return select("first_revision", id)
        .mapTo(Integer.class)
        .findOne()
        .map(
            first ->
                revisions
                    .computeIfAbsent(first, this::revision)
                    .flatMap(revision -> Meaning.of(revision, id))
                    .orElseGet(() -> stored(id)));
  }

  /** As it was written when it was closed: for a revision that this release cannot read. */
  private Meaning stored(ViewId id) {
    return Meaning.ofJson(select("meaning", id).mapTo(String.class).one());
  }

  private Optional<Revision> revision(int number) {
    try {
      return handle
          .createQuery(
              "select document from revision where project = :project and number = :number")
          .bind("project", project)
          .bind("number", number)
          .mapTo(String.class)
          .findOne()
          .map(RevisionJson::read);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Optional<Integer> shortId(ViewId id) {
    return select("short_id", id).mapTo(Integer.class).findOne();
  }

  /** All of them, by name and version. */
  List<ViewId> all() {
    return handle
        .createQuery(
            "select view_name, version from view_version where project = :project"
                + " order by view_name, version")
        .bind("project", project)
        .map((row, context) -> new ViewId(row.getString("view_name"), row.getInt("version")))
        .list();
  }

  /** Closes a version if it is new. */
  void close(ViewId id, Meaning meaning, int revision) {
    if (shortId(id).isPresent()) {
      return;
    }
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

  private Query select(String column, ViewId id) {
    return handle
        .createQuery(
            "select "
                + column
                + " from view_version"
                + " where project = :project and view_name = :name and version = :version")
        .bind("project", project)
        .bind("name", id.name())
        .bind("version", id.version());
  }
}
