package dev.plumbline.registry;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.Meaning;
import dev.plumbline.plan.Published;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.IntFunction;
import org.jdbi.v3.core.Handle;

/** What the metadata database knows of a project's versions, as of one transaction. */
final class AppliedVersions implements Published {
  private final SortedMap<ViewId, ClosedVersion> closed;
  private final Set<ViewId> pushed;
  private final Set<ViewId> pruned;
  private final IntFunction<Optional<Revision>> revisions;
  private final Map<Integer, Optional<Revision>> found = new HashMap<>();

  private AppliedVersions(
      SortedMap<ViewId, ClosedVersion> closed,
      Set<ViewId> pushed,
      Set<ViewId> pruned,
      IntFunction<Optional<Revision>> revisions) {
    this.closed = closed;
    this.pushed = pushed;
    this.pruned = pruned;
    this.revisions = revisions;
  }

  /**
   * The versions of a project.
   *
   * @param revisions from a number to the revision, which never changes; empty if this release
   *     cannot read it. Asked at any time, also after the transaction
   */
  static AppliedVersions read(
      Handle handle, String project, IntFunction<Optional<Revision>> revisions) {
    return new AppliedVersions(
        new ClosedVersions(handle, project).all(),
        // the first publication of a version pushes every head
        versions(handle, project, "run where published_at is not null and"),
        versions(handle, project, "pruned_version where"),
        revisions);
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
  public Optional<String> fingerprint(ViewId view) {
    return Optional.ofNullable(closed.get(view)).map(ClosedVersion::fingerprint);
  }

  /** In the canonical text of this release, whichever applied it. */
  @Override
  public Optional<Meaning> meaning(ViewId view) {
    return Optional.ofNullable(closed.get(view)).map(this::meaning);
  }

  private Meaning meaning(ClosedVersion version) {
    return revision(version)
        .flatMap(revision -> Meaning.of(revision, version.id()))
        .orElseGet(() -> Meaning.ofJson(version.meaning()));
  }

  private Optional<Revision> revision(ClosedVersion version) {
    return found.computeIfAbsent(version.firstRevision(), revisions::apply);
  }

  @Override
  public Set<ViewId> closed() {
    return closed.keySet();
  }

  @Override
  public Optional<FeatureView> view(ViewId id) {
    return Optional.ofNullable(closed.get(id))
        .flatMap(this::revision)
        .map(Revision::views)
        .map(views -> views.get(id));
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
