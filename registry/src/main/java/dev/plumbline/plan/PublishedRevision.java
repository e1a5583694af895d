package dev.plumbline.plan;

import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.Meaning;
import java.util.Map;
import java.util.Optional;

/** The versions of one revision, taken for all that there ever were. */
final class PublishedRevision implements Published {
  private final Map<ViewId, Meaning> meanings;

  PublishedRevision(Optional<Revision> revision) {
    this.meanings = revision.<Map<ViewId, Meaning>>map(Meaning::of).orElse(Map.of());
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
    return meanings.containsKey(view) ? Optional.empty() : Optional.of(false);
  }

  @Override
  public boolean isPruned(ViewId view) {
    return false;
  }
}
