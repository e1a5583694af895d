package dev.plumbline.registry;

import dev.plumbline.definition.Revision;
import dev.plumbline.definition.json.RevisionJson;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.type.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of one project in the table of revisions, within one transaction. */
final class RevisionTable {
  private static final String OF_PROJECT = " from revision where project = :project";

  private final Handle handle;
  private final String project;

  RevisionTable(Handle handle, String project) {
    this.handle = handle;
    this.project = project;
  }

  Optional<AppliedRevision> newest() {
    return find("number = (select max(number)" + OF_PROJECT + ")", Map.of());
  }

  /** The last of this fingerprint. */
  Optional<AppliedRevision> find(String fingerprint) {
    return find(
        "number = (select max(number)" + OF_PROJECT + " and fingerprint = :fingerprint)",
        Map.of("fingerprint", fingerprint));
  }

  AppliedRevision load(int number) {
    return find("number = :number", Map.of("number", number))
        .orElseThrow(
            () ->
                new NotFoundException(
                    "project '%s' has no revision %d (newest: %s); see plumb registry log"
                        .formatted(project, number, BaseRevision.of(newest()))));
  }

  /** The definitions of this number; empty if this release cannot read them. */
  Optional<Revision> readable(int number) {
    try {
      return Optional.of(load(number).revision());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<AppliedRevision> find(String condition, Map<String, Object> parameters) {
    return handle
        .createQuery(
            "select number, fingerprint, document, applied_at" + OF_PROJECT + " and " + condition)
        .bind("project", project)
        .bindMap(parameters)
        .map((row, context) -> revision(row))
        .findOne();
  }

  private static AppliedRevision revision(ResultSet row) throws SQLException {
    return new AppliedRevision(
        row.getInt("number"),
        row.getString("fingerprint"),
        row.getString("document"),
        Micros.instant(row.getLong("applied_at")),
        RevisionJson.read(row.getString("document")));
  }

  /** Those after {@code number}, oldest first. */
  List<RevisionEntry> after(int number) {
    return handle
        .createQuery(
            "select number, fingerprint, applied_at, applied_by, code_commit, summary"
                + OF_PROJECT
                + " and number > :number order by number")
        .bind("project", project)
        .bind("number", number)
        .map((row, context) -> entry(row))
        .list();
  }

  private static RevisionEntry entry(ResultSet row) throws SQLException {
    return new RevisionEntry(
        row.getInt("number"),
        row.getString("fingerprint"),
        Micros.instant(row.getLong("applied_at")),
        Optional.ofNullable(row.getString("applied_by")),
        Optional.ofNullable(row.getString("code_commit")),
        Optional.ofNullable(row.getString("summary")));
  }

  void insert(AppliedRevision applied, Applicant applicant, String summary) {
    handle
        .createUpdate(
            "insert into revision (project, number, fingerprint, document, applied_at, applied_by,"
                + " code_commit, summary) values (:project, :number, :fingerprint, :document,"
                + " :appliedAt, :by, :commit, :summary)")
        .bind("project", project)
        .bind("number", applied.number())
        .bind("fingerprint", applied.fingerprint())
        .bind("document", applied.json())
        .bind("appliedAt", Micros.of(applied.appliedAt()))
        .bind("by", applicant.name())
        .bind("commit", applicant.commit().orElse(null))
        .bind("summary", summary)
        .execute();
  }
}
