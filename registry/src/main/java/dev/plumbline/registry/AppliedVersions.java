package dev.plumbline.registry;

import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.Meaning;
import dev.plumbline.plan.Published;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What the metadata database knows of a project's versions, as of one transaction.
 *
 * @param pushed versions that went live: their first publication pushes every head
 */
record AppliedVersions(Map<ViewId, Meaning> meanings, Set<ViewId> pushed) implements Published {
  static AppliedVersions read(Handle handle, String project) {
    Map<ViewId, Meaning> meanings = new HashMap<>();
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
    Set<ViewId> pushed =
        new HashSet<>(
            handle
                .createQuery(
                    "select distinct view_name, version from run"
                        + " where project = :project and published_at is not null")
                .bind("project", project)
                .map(
                    (row, context) -> new ViewId(row.getString("view_name"), row.getInt("version")))
                .list());
    return new AppliedVersions(meanings, pushed);
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
    return false;
  }
}
