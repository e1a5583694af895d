package dev.plumbline.discovery;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Revision;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.yaml.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that a revision declares, and the names by which people call it. */
public final class Inventory {
  private final Revision revision;
  private final List<Item> items;
  private final Names names = new Names();
  private final Names bareNames = new Names();

  public Inventory(Revision revision) {
    this.revision = revision;
    this.items = items(revision);
    Map<String, Set<String>> roles = roles(revision);
    items.forEach(item -> call(item, roles));
  }

  /** All of it, by kind, then by name; versions in their order. */
  public List<Item> items() {
    return items;
  }

  public List<Item> items(Kind kind) {
    return items.stream().filter(item -> item.kind() == kind).toList();
  }

  public Revision revision() {
    return revision;
  }

  private static List<Item> items(Revision revision) {
    List<Item> items = new ArrayList<>();
    revision.entities().values().forEach(each -> items.add(new Item.OfEntity(each)));
    revision.sources().values().forEach(each -> items.add(new Item.OfSource(each)));
    Collection<FeatureView> views = revision.views().values();
    views.forEach(view -> items.add(new Item.OfView(view)));
    for (FeatureView view : views) {
      view.features().forEach(each -> items.add(new Item.OfFeature(view, each)));
    }
    Collection<OnDemandView> onDemand = revision.onDemandViews().values();
    onDemand.forEach(view -> items.add(new Item.OfOnDemandView(view)));
    for (OnDemandView view : onDemand) {
      view.features().forEach(each -> items.add(new Item.OfOnDemandFeature(view, each)));
    }
    revision.services().values().forEach(each -> items.add(new Item.OfService(each)));
    revision.datasets().values().forEach(each -> items.add(new Item.OfDataset(each)));
    return List.copyOf(items);
  }

  /** From each entity to the roles that it has anywhere. */
  private static Map<String, Set<String>> roles(Revision revision) {
    Map<String, Set<String>> roles = new LinkedHashMap<>();
    Stream.concat(
            revision.services().values().stream().map(service -> service.roles()),
            revision.onDemandViews().values().stream().map(view -> view.roles()))
        .forEach(
            each ->
                each.forEach(
                    (role, entity) ->
                        roles.computeIfAbsent(entity, any -> new TreeSet<>()).add(role)));
    return roles;
  }

  /** Gives an item the names that somebody may write for it. */
  private void call(Item item, Map<String, Set<String>> roles) {
    if (item instanceof Item.OfFeature feature) {
      FeatureView view = feature.of();
      Set<String> owners = new LinkedHashSet<>(List.of(view.entity(), view.id().name()));
      owners.addAll(roles.getOrDefault(view.entity(), Set.of()));
      callFeature(item, owners, feature.feature().name(), view.id().version());
    } else if (item instanceof Item.OfOnDemandFeature feature) {
      String view = feature.of().id().name();
      callFeature(item, Set.of(view), feature.feature().name(), feature.of().id().version());
    } else {
      names.give(item.ref(), item);
      item.view().ifPresent(view -> names.give(view.name(), item));
    }
  }

  private void callFeature(Item item, Set<String> owners, String feature, int version) {
    for (String owner : owners) {
      names.give(owner + ":" + feature + "@" + version, item);
      names.give(owner + ":" + feature, item);
    }
    bareNames.give(feature + "@" + version, item);
    bareNames.give(feature, item);
  }

  /** What a name may mean. */
  public sealed interface Meant {
    /** It means one thing. */
    record One(Item item) implements Meant {}

    /** It may mean several things. */
    record Several(List<Item> items) implements Meant {
      public Several {
        items = List.copyOf(items);
      }
    }
  }

  /**
   * What somebody means by {@code text}: the name of anything, features also as {@code
   * entity:feature}, {@code role:feature} or {@code view:feature}, or by their name alone where
   * nothing else has it; pinned to a version, or the newest.
   *
   * @param kind to look among; empty: all
   * @throws NotFoundException if nothing is called so; it names what is called nearly so
   */
  public Meant find(String text, Optional<Kind> kind) {
    for (Names each : List.of(names, bareNames)) {
      List<Item> found =
          each.of(text).stream()
              .filter(item -> kind.isEmpty() || item.kind() == kind.get())
              .toList();
      if (!found.isEmpty()) {
        return found.size() == 1 ? new Meant.One(found.get(0)) : new Meant.Several(found);
      }
    }
    throw new NotFoundException(unknown(text, kind));
  }

  private String unknown(String text, Optional<Kind> kind) {
    String what = kind.map(each -> "no " + each + " is called").orElse("nothing is called");
    int at = text.lastIndexOf('@');
    if (at > 0) {
      Set<String> versions = versions(text.substring(0, at), kind);
      if (!versions.isEmpty()) {
        return "%s '%s' (known: %s)".formatted(what, text, String.join(", ", versions));
      }
    }
    return "%s '%s'; %s"
        .formatted(
            what,
            text,
            NearestName.of(text, known(kind))
                .map("did you mean '%s'?"::formatted)
                .orElse("plumb list shows what there is, plumb search finds it by a word"));
  }

  private Set<String> versions(String name, Optional<Kind> kind) {
    return items.stream()
        .filter(item -> kind.isEmpty() || item.kind() == kind.get())
        .map(Item::ref)
        .filter(ref -> ref.startsWith(name + "@"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> known(Optional<Kind> kind) {
    Set<String> known = new TreeSet<>();
    known.addAll(names.unpinned(kind));
    known.addAll(bareNames.unpinned(kind));
    return known;
  }

  /**
   * From what is written to what it means: of several versions of one thing, the last one given.
   */
  private static final class Names {
    private final Map<String, Map<String, Item>> meanings = new LinkedHashMap<>();

    void give(String name, Item item) {
      meanings
          .computeIfAbsent(name, any -> new LinkedHashMap<>())
          .put(item.kind() + " " + unpinned(item.ref()), item);
    }

    private static String unpinned(String ref) {
      int at = ref.lastIndexOf('@');
      return at < 0 ? ref : ref.substring(0, at);
    }

    Collection<Item> of(String name) {
      return meanings.getOrDefault(name, Map.of()).values();
    }

    List<String> unpinned(Optional<Kind> kind) {
      return meanings.entrySet().stream()
          .filter(each -> each.getKey().indexOf('@') < 0)
          .filter(
              each ->
                  kind.isEmpty()
                      || each.getValue().values().stream()
                          .anyMatch(item -> item.kind() == kind.get()))
          .map(Map.Entry::getKey)
          .toList();
    }
  }
}
