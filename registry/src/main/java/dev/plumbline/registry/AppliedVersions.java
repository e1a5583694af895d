package dev.plumbline.registry;

import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.Meaning;
import dev.plumbline.plan.Published;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What the metadata database knows of a project's versions, as of one transaction.
 *
 * @param pushed versions that went live: their first publication pushes every head
 * @param pruned versions whose data was deleted
 */
record AppliedVersions(Map<ViewId, Meaning> meanings, Set<ViewId> pushed, Set<ViewId> pruned)
    implements Published {
  static AppliedVersions read(Handle handle, String project) {
    return new AppliedVersions(
        new ClosedVersions(handle, project).meanings(),
        versions(handle, project, "run where published_at is not null and"),
        versions(handle, project, "pruned_version where"));
  }

  /** Those of which a table has such rows. */
  private static Set<ViewId> versions(Handle handle, String project, String rows) {
    return new HashSet<>(
        handle
            .createQuery("select distinct view_name, version from " + rows + " project = :project")
            .bind("project", project)
            .map((row, context) -> new ViewId(row.getString("view_name"), row.getInt("version")))
            .list());
  }

  @Override
  public Optional<Meaning> meaning(ViewId view) {
    return Optional.ofNullable(meanings.get(view));
  }

  @Override
  public int newestVersion(String view) {
    return meanings.keySet().stream()
        .filter(id -> id.name().equals(view))
        .mapToInt(ViewId::version)
        .max()
        .orElse(0);
  }

  @Override
  public Optional<Boolean> isPushed(ViewId view) {
    return Optional.of(pushed.contains(view));
  }

  @Override
  public boolean isPruned(ViewId view) {
    return pruned.contains(view);
  }
}
