package dev.plumbline.discovery;

import dev.plumbline.definition.DatasetDefinition;
import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureService;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Who depends on what, in one revision and among the datasets that were built. */
public final class Dependents {
  private final Revision revision;
  private final List<BuiltDataset> built;

  /**
   * Of a revision.
   *
   * @param built all versions of datasets that are recorded, by name and version
   */
  public Dependents(Revision revision, List<BuiltDataset> built) {
    this.revision = revision;
    this.built = List.copyOf(built);
  }

  /** All that depends on {@code item}: {@code item} itself, as the root of a tree. */
  public Dependent of(Item item) {
    List<BuiltDataset> concerned = built.stream().filter(wasBuiltFrom(item)).toList();
    return new Growing(concerned).tree(item);
  }

  /** A tree as it grows. */
  private final class Growing {
    private final List<BuiltDataset> concerned;
    private final Set<String> seen = new HashSet<>();
    private final Set<String> placed = new HashSet<>();

    Growing(List<BuiltDataset> concerned) {
      this.concerned = concerned;
    }

    Dependent tree(Item item) {
      List<Dependent> below = new ArrayList<>(below(item));
      concerned.stream()
          .filter(each -> !placed.contains(each.ref()))
          .map(each -> leaf(each, List.of("was built from it")))
          .forEach(below::add);
      return new Dependent(item.kind().key(), item.ref(), List.of(), below, false);
    }

    private List<Dependent> below(Item item) {
      List<Dependent> below = new ArrayList<>();
      edges(item).forEach((dependent, how) -> below.add(node(dependent, how)));
      if (item instanceof Item.OfDataset dataset) {
        for (BuiltDataset each : concerned) {
          if (each.name().equals(dataset.ref())) {
            placed.add(each.ref());
            below.add(leaf(each, List.of()));
          }
        }
      }
      return below;
    }

    private Dependent node(Item item, List<String> how) {
      boolean first = seen.add(item.kind() + " " + item.ref());
      List<Dependent> below = first ? below(item) : List.of();
      boolean repeated = !first && (!edges(item).isEmpty() || isPlaced(item));
      return new Dependent(item.kind().key(), item.ref(), how, below, repeated);
    }

    private boolean isPlaced(Item item) {
      return item instanceof Item.OfDataset
          && concerned.stream().anyMatch(each -> each.name().equals(item.ref()));
    }
  }

  private static Dependent leaf(BuiltDataset version, List<String> how) {
    List<String> told = new ArrayList<>(how);
    told.add("%,d rows, built at %s".formatted(version.rows(), version.builtAt()));
    return new Dependent(Dependent.DATASET_VERSION, version.ref(), told, List.of(), false);
  }

  /** What depends on {@code item} at once, and how. */
  private Map<Item, List<String>> edges(Item item) {
    Map<Item, List<String>> edges = new LinkedHashMap<>();
    if (item instanceof Item.OfEntity entity) {
      addViews(edges, view -> view.entity().equals(entity.ref()));
    } else if (item instanceof Item.OfSource source) {
      addViews(edges, view -> view.source().equals(source.ref()));
      addDatasets(edges, each -> each.labels().source().equals(source.ref()), "its labels");
    } else if (item instanceof Item.OfView view) {
      addReaders(edges, view.definition().id(), feature -> true);
    } else if (item instanceof Item.OfFeature feature) {
      addReaders(edges, feature.of().id(), feature.feature().name()::equals);
    } else if (item instanceof Item.OfOnDemandView view) {
      addServices(edges, ref -> isOf(ref, view.definition()));
    } else if (item instanceof Item.OfOnDemandFeature feature) {
      addServices(
          edges, ref -> isOf(ref, feature.of()) && ref.feature().equals(feature.feature().name()));
    } else if (item instanceof Item.OfService service) {
      addDatasets(edges, each -> each.service().equals(service.ref()), "");
    }
    return edges;
  }

  private void addViews(Map<Item, List<String>> edges, Predicate<FeatureView> which) {
    revision.views().values().stream()
        .filter(which)
        .forEach(view -> edges.put(new Item.OfView(view), List.of()));
  }

  private void addDatasets(
      Map<Item, List<String>> edges, Predicate<DatasetDefinition> which, String how) {
    revision.datasets().values().stream()
        .filter(which)
        .forEach(
            each -> edges.put(new Item.OfDataset(each), how.isEmpty() ? List.of() : List.of(how)));
  }

  /** Who reads features of a version of a feature view. */
  private void addReaders(Map<Item, List<String>> edges, ViewId view, Predicate<String> isFeature) {
    for (OnDemandView reader : revision.onDemandViews().values()) {
      List<String> read = read(reader.inputs(), reader.roles(), view, isFeature);
      if (!read.isEmpty()) {
        edges.put(new Item.OfOnDemandView(reader), read);
      }
    }
    for (FeatureService reader : revision.services().values()) {
      List<String> read = read(reader.features(), reader.roles(), view, isFeature);
      if (!read.isEmpty()) {
        edges.put(new Item.OfService(reader), read);
      }
    }
  }

  /** A phrase for each role: {@code as origin: flights_1d, late_share_7d}. */
  private List<String> read(
      List<FeatureRef> refs, Map<String, String> roles, ViewId view, Predicate<String> isFeature) {
    Map<String, List<String>> byRole = new LinkedHashMap<>();
    for (FeatureRef ref : refs) {
      String entity = roles.get(ref.role());
      boolean ofView =
          entity != null
              && revision
                  .viewOf(entity, ref.feature(), ref.version())
                  .filter(found -> found.id().equals(view))
                  .isPresent();
      if (ofView && isFeature.test(ref.feature())) {
        byRole.computeIfAbsent(ref.role(), any -> new ArrayList<>()).add(ref.feature());
      }
    }
    return byRole.entrySet().stream()
        .map(role -> "as %s: %s".formatted(role.getKey(), String.join(", ", role.getValue())))
        .toList();
  }

  /** Which services list such on-demand features. */
  private void addServices(Map<Item, List<String>> edges, Predicate<FeatureRef> which) {
    for (FeatureService service : revision.services().values()) {
      List<String> listed =
          service.features().stream()
              .filter(ref -> !service.roles().containsKey(ref.role()))
              .filter(which)
              .map(FeatureRef::feature)
              .toList();
      if (!listed.isEmpty()) {
        edges.put(new Item.OfService(service), List.of(String.join(", ", listed)));
      }
    }
  }

  private static boolean isOf(FeatureRef ref, OnDemandView view) {
    return new ViewId(ref.role(), ref.version()).equals(view.id());
  }

  private Predicate<BuiltDataset> wasBuiltFrom(Item item) {
    if (item instanceof Item.OfEntity entity) {
      return each -> readsView(each, view -> view.entity().equals(entity.ref()));
    }
    if (item instanceof Item.OfSource source) {
      return each ->
          each.labels().equals(source.ref())
              || readsView(each, view -> view.source().equals(source.ref()));
    }
    if (item instanceof Item.OfFeature feature) {
      return each -> each.views().contains(feature.of().id().toString()) && reads(each, feature);
    }
    if (item instanceof Item.OfOnDemandFeature feature) {
      return each -> each.features().contains(feature.ref());
    }
    return switch (item.kind()) {
      case FEATURE_VIEW -> each -> each.views().contains(item.ref());
      case ON_DEMAND_VIEW -> each -> each.onDemandViews().contains(item.ref());
      case FEATURE_SERVICE -> each -> each.service().equals(item.ref());
      default -> each -> each.name().equals(item.ref());
    };
  }

  private boolean readsView(BuiltDataset dataset, Predicate<FeatureView> which) {
    return revision.views().values().stream()
        .filter(which)
        .anyMatch(view -> dataset.views().contains(view.id().toString()));
  }

  /** Whether a service listed the feature, in whatever role, or an on-demand view took it in. */
  private boolean reads(BuiltDataset dataset, Item.OfFeature feature) {
    String written = ":" + feature.feature().name() + "@" + feature.of().id().version();
    return dataset.features().stream().anyMatch(ref -> ref.endsWith(written))
        || revision.onDemandViews().values().stream()
            .filter(view -> dataset.onDemandViews().contains(view.id().toString()))
            .flatMap(view -> view.inputs().stream())
            .map(Objects::toString)
            .anyMatch(ref -> ref.endsWith(written));
  }
}
