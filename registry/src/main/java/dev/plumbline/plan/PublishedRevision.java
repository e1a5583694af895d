package dev.plumbline.plan;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.Meaning;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The versions of one revision, taken for all that there ever were. */
final class PublishedRevision implements Published {
  private final Optional<Revision> revision;
  private final Map<ViewId, Meaning> meanings;

  PublishedRevision(Optional<Revision> revision) {
    this.revision = revision;
    this.meanings = revision.<Map<ViewId, Meaning>>map(Meaning::of).orElse(Map.of());
  }

  @Override
  public Optional<Meaning> meaning(ViewId view) {
    return Optional.ofNullable(meanings.get(view));
  }

  @Override
  public Set<ViewId> closed() {
    return meanings.keySet();
  }

  @Override
  public Optional<FeatureView> view(ViewId id) {
    return revision.map(Revision::views).map(views -> views.get(id));
  }

  @Override
  public Optional<Boolean> isPushed(ViewId view) {
    return meanings.containsKey(view) ? Optional.empty() : Optional.of(false);
  }

  @Override
  public boolean isPruned(ViewId view) {
    return false;
  }
}
