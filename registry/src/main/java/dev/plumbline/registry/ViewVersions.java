package dev.plumbline.registry;

import dev.plumbline.definition.ViewId;
import java.util.List;

/** All versions of the views of a project that were ever applied, and when. */
public final class ViewVersions {
  private final MetadataDatabase database;
  private final String project;

  public ViewVersions(MetadataDatabase database, String project) {
    this.database = database;
    this.project = project;
  }

  /** Those of one feature view or on-demand view, in their order. */
  public List<ViewVersion> of(String view) {
    return database.transaction(
        handle ->
            handle
                .createQuery(
                    "select version, first_revision, meaning_fingerprint from view_version"
                        + " where project = :project and view_name = :view order by version")
                .bind("project", project)
                .bind("view", view)
                .map(
                    (row, context) ->
                        new ViewVersion(
                            new ViewId(view, row.getInt("version")),
                            row.getInt("first_revision"),
                            row.getString("meaning_fingerprint")))
                .list());
  }
}
