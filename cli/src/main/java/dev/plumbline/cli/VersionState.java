package dev.plumbline.cli;

import dev.plumbline.definition.Lifecycle;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.Meaning;
import dev.plumbline.discovery.Inventory;
import dev.plumbline.discovery.Item;
import dev.plumbline.discovery.Kind;
import dev.plumbline.registry.ViewVersion;
import dev.plumbline.timeline.Run;
import dev.plumbline.type.Micros;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How far one version of a view has come.
 *
 * @param firstRevision that has it, if any has
 * @param fingerprint of what it means
 * @param materializedTo its newest refresh; absent if there is none, and in an on-demand view
 * @param publishedAt when the last push ended
 */
record VersionState(
    ViewId view,
    State state,
    Optional<Integer> firstRevision,
    String fingerprint,
    Optional<Instant> materializedTo,
    Optional<Instant> publishedAt) {
  /** Where a version stands. */
  enum State {
    /** In files, and never applied as far as is known. */
    DECLARED,
    APPLIED,
    RETIRED,
    /** Applied once, and no more. */
    REMOVED,
    /** Removed, and its data deleted. */
    PRUNED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** All versions of the view that an item is or belongs to, in their order; none of others. */
  static List<VersionState> of(Workspace workspace, LookedThrough looked, Item item) {
    return item.view().stream()
        .flatMap(view -> of(workspace, looked, item, view.name()).stream())
        .toList();
  }

  private static List<VersionState> of(
      Workspace workspace, LookedThrough looked, Item item, String name) {
    TreeMap<ViewId, VersionState> states = new TreeMap<>();
    Meaning.of(looked.revision())
        .forEach(
            (id, meaning) -> {
              if (id.name().equals(name)) {
                states.put(id, declared(id, meaning));
              }
            });
    if (looked.applied().isPresent()) {
      boolean computed = item.kind() == Kind.FEATURE_VIEW || item.kind() == Kind.FEATURE;
      for (ViewVersion version : workspace.versions(name)) {
        List<Run> runs = computed ? workspace.ledger().runs(version.view()) : List.of();
        State state =
            state(looked.inventory(), version.view())
                .orElseGet(() -> gone(workspace, version.view()));
        states.put(version.view(), applied(version, state, runs));
      }
    }
    return List.copyOf(states.values());
  }

  private static VersionState declared(ViewId id, Meaning meaning) {
    return new VersionState(
        id,
        State.DECLARED,
        Optional.empty(),
        meaning.fingerprint(),
        Optional.empty(),
        Optional.empty());
  }

  private static VersionState applied(ViewVersion version, State state, Collection<Run> runs) {
    return new VersionState(
        version.view(),
        state,
        Optional.of(version.firstRevision()),
        version.fingerprint(),
        runs.stream().map(Run::lastRefresh).max(Long::compare).map(Micros::instant),
        publishedAt(runs));
  }

  static Optional<Instant> publishedAt(Collection<Run> runs) {
    return runs.stream()
        .flatMap(run -> run.publishedAt().stream().boxed())
        .max(Long::compare)
        .map(Micros::instant);
  }

  private static State gone(Workspace workspace, ViewId id) {
    return workspace.removed().isPruned(id) ? State.PRUNED : State.REMOVED;
  }

  private static Optional<State> state(Inventory inventory, ViewId id) {
    return Stream.of(Kind.FEATURE_VIEW, Kind.ON_DEMAND_VIEW)
        .flatMap(kind -> inventory.items(kind).stream())
        .filter(each -> each.ref().equals(id.toString()))
        .map(each -> each.lifecycle() == Lifecycle.RETIRED ? State.RETIRED : State.APPLIED)
        .findFirst();
  }
}
