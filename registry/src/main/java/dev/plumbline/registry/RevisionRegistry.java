package dev.plumbline.registry;

import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.Meaning;
import dev.plumbline.definition.json.RevisionJson;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.plan.Published;
import dev.plumbline.type.Micros;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jdbi.v3.core.Handle;

/** The revisions of a project that were applied, and the versions that they closed. */
public final class RevisionRegistry {
  private final MetadataDatabase database;
  private final String project;
  private final InstantSource clock;

  public RevisionRegistry(MetadataDatabase database, String project, InstantSource clock) {
    this.database = database;
    this.project = project;
    this.clock = clock;
  }

  /** What became of a revision that was to be applied. */
  public sealed interface Outcome {
    AppliedRevision current();

    /** It is the newest now. */
    record Applied(AppliedRevision current) implements Outcome {}

    /** It was the newest already. */
    record Unchanged(AppliedRevision current) implements Outcome {}
  }

  /**
   * Makes {@code revision} the newest, unless it is. All its view versions are closed from now on.
   *
   * @throws ConflictException if it gives a closed {@code view@version} another meaning; nothing is
   *     changed then
   */
  public Outcome apply(Revision revision) {
    SortedMap<ViewId, Meaning> meanings = Meaning.of(revision);
    String json = RevisionJson.write(revision);
    String fingerprint = RevisionJson.fingerprint(revision);
    return database.transaction(
        handle -> {
          ClosedVersions closed = new ClosedVersions(handle, project);
          rejectChanges(meanings, closed);
          Optional<AppliedRevision> newest = newest(handle);
          if (newest.filter(last -> last.fingerprint().equals(fingerprint)).isPresent()) {
            return new Outcome.Unchanged(newest.get());
          }
          int number = newest.map(AppliedRevision::number).orElse(0) + 1;
          AppliedRevision applied =
              new AppliedRevision(number, fingerprint, json, clock.instant(), revision);
          insert(handle, applied);
          meanings.forEach((id, meaning) -> closed.close(id, meaning, number));
          return new Outcome.Applied(applied);
        });
  }

  /** The newest revision. */
  public Optional<AppliedRevision> current() {
    return database.transaction(this::newest);
  }

  /** What is known of versions beyond the newest revision, for a plan. */
  public Published published() {
    return database.transaction(handle -> AppliedVersions.read(handle, project));
  }

  /**
   * The revision of this number.
   *
   * @throws NotFoundException if there is none
   */
  public AppliedRevision load(int number) {
    return database
        .transaction(handle -> find(handle, "number = :number", Map.of("number", number)))
        .orElseThrow(
            () ->
                new NotFoundException(
                    "project '%s' has no revision %d; see 'plumb apply'"
                        .formatted(project, number)));
  }

  /**
   * The revision of this fingerprint; the last of them where it was applied more than once.
   *
   * @throws NotFoundException if there is none
   */
  public AppliedRevision load(String fingerprint) {
    return database
        .transaction(
            handle ->
                find(
                    handle,
                    "number = (select max(number) from revision"
                        + " where project = :project and fingerprint = :fingerprint)",
                    Map.of("fingerprint", fingerprint)))
        .orElseThrow(
            () ->
                new NotFoundException(
                    "project '%s' has no revision with the fingerprint %s (expected: one that was applied); see metadata in plumb.yaml"
                        .formatted(project, fingerprint)));
  }

  /**
   * The number of a view version in the online store, never given to another.
   *
   * @throws NotFoundException if no applied revision has it
   */
  public int shortId(ViewId view) {
    return database
        .transaction(handle -> new ClosedVersions(handle, project).shortId(view))
        .orElseThrow(() -> ClosedVersions.notApplied(project, view));
  }

  private void rejectChanges(SortedMap<ViewId, Meaning> meanings, ClosedVersions closed) {
    List<String> changes = changes(meanings, closed);
    if (!changes.isEmpty()) {
      throw new ConflictException(String.join("\n", changes));
    }
  }

  private static List<String> changes(SortedMap<ViewId, Meaning> meanings, ClosedVersions closed) {
    List<String> changes = new ArrayList<>();
    meanings.forEach(
        (id, meaning) -> {
          List<String> differences = closed.differences(id, meaning);
          if (!differences.isEmpty()) {
            changes.add(
                "view '%s' is published and means something else (%s); restore it and make the new one version %d"
                    .formatted(
                        id, String.join("; ", differences), closed.newestVersion(id.name()) + 1));
          }
        });
    return changes;
  }

  private Optional<AppliedRevision> newest(Handle handle) {
    return find(
        handle, "number = (select max(number) from revision where project = :project)", Map.of());
  }

  private Optional<AppliedRevision> find(
      Handle handle, String condition, Map<String, Object> parameters) {
    return handle
        .createQuery(
            "select number, fingerprint, document, applied_at from revision"
                + " where project = :project and "
                + condition)
        .bind("project", project)
        .bindMap(parameters)
        .map(
            (row, context) ->
                new AppliedRevision(
                    row.getInt("number"),
                    row.getString("fingerprint"),
                    row.getString("document"),
                    Micros.instant(row.getLong("applied_at")),
                    RevisionJson.read(row.getString("document"))))
        .findOne();
  }

  private void insert(Handle handle, AppliedRevision applied) {
    handle
        .createUpdate(
            "insert into revision (project, number, fingerprint, document, applied_at)"
                + " values (:project, :number, :fingerprint, :document, :appliedAt)")
        .bind("project", project)
        .bind("number", applied.number())
        .bind("fingerprint", applied.fingerprint())
        .bind("document", applied.json())
        .bind("appliedAt", Micros.of(applied.appliedAt()))
        .execute();
  }
}
