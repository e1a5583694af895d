package dev.plumbline.registry;

import dev.plumbline.type.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The raw columns of a project's sources, as they were when a revision was applied. */
public final class RawSchemas {
  private final MetadataDatabase database;
  private final String project;

  public RawSchemas(MetadataDatabase database, String project) {
    this.database = database;
    this.project = project;
  }

  /**
   * Remembers what was seen when a revision was applied, in the place of what was seen when the
   * same revision was applied before. What was seen of other sources stays.
   */
  void record(Handle handle, int revision, Collection<RawSchema> seen) {
    seen.forEach(schema -> replace(handle, revision, schema));
  }

  private void replace(Handle handle, int revision, RawSchema schema) {
    handle
        .createUpdate(
            "delete from raw_schema"
                + " where project = :project and revision = :revision and source = :source")
        .bind("project", project)
        .bind("revision", revision)
        .bind("source", schema.source())
        .execute();
    handle
        .createUpdate(
            "insert into raw_schema (project, revision, source, read_as, place, columns, part, seen_at)"
                + " values (:project, :revision, :source, :readAs, :place, :columns, :part, :seenAt)")
        .bind("project", project)
        .bind("revision", revision)
        .bind("source", schema.source())
        .bind("readAs", schema.readAs())
        .bind("place", schema.place())
        .bind("columns", schema.columns())
        .bind("part", schema.part())
        .bind("seenAt", Micros.of(schema.seenAt()))
        .execute();
  }

  /** What was seen last of this source; empty if it never was. */
  public Optional<RawSchema> newest(String source) {
    return database.transaction(
        handle ->
            handle
                .createQuery(
                    "select source, read_as, place, columns, part, seen_at from raw_schema"
                        + " where project = :project and source = :source"
                        + " order by revision desc limit 1")
                .bind("project", project)
                .bind("source", source)
                .map((row, context) -> schema(row))
                .findOne());
  }

  private static RawSchema schema(ResultSet row) throws SQLException {
    return new RawSchema(
        row.getString("source"),
        row.getString("read_as"),
        row.getString("place"),
        row.getString("columns"),
        Optional.ofNullable(row.getString("part")),
        Micros.instant(row.getLong("seen_at")));
  }
}
