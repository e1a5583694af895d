package dev.plumbline.definition;

import dev.plumbline.failure.NotFoundException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that is declared in one project, resolved and consistent: every reference leads
 * somewhere, every expression has a type.
 */
public record Revision(
    String project,
    SortedMap<String, Entity> entities,
    SortedMap<String, Source> sources,
    SortedMap<ViewId, FeatureView> views,
    SortedMap<ViewId, OnDemandView> onDemandViews,
    SortedMap<String, FeatureService> services,
    SortedMap<String, DatasetDefinition> datasets) {
  public Revision {
    entities = sorted(entities);
    sources = sorted(sources);
    views = sorted(views);
    onDemandViews = sorted(onDemandViews);
    services = sorted(services);
    datasets = sorted(datasets);
  }

  /** The view of {@code entity} that has {@code feature} in this version. */
  public Optional<FeatureView> viewOf(String entity, String feature, int version) {
    return views.values().stream()
        .filter(view -> view.entity().equals(entity) && view.id().version() == version)
        .filter(view -> view.find(feature).isPresent())
        .findFirst();
  }

  /**
   * The entity of this name.
   *
   * @throws NotFoundException if there is none; the message lists those that are
   */
  public Entity entity(String name) {
    return known("entity", entities, name);
  }

  /** The source of this name, or {@link NotFoundException}. */
  public Source source(String name) {
    return known("source", sources, name);
  }

  /** The feature view of this name and version, or {@link NotFoundException}. */
  public FeatureView view(ViewId id) {
    return known("feature view", views, id);
  }

  /** The dataset definition of this name, or {@link NotFoundException}. */
  public DatasetDefinition dataset(String name) {
    return known("dataset", datasets, name);
  }

  private static <K, V> V known(String kind, SortedMap<K, V> all, K name) {
    V found = all.get(name);
    if (found == null) {
      throw new NotFoundException("no %s '%s' (known: %s)".formatted(kind, name, all.keySet()));
    }
    return found;
  }

  private static <K extends Comparable<K>, V> SortedMap<K, V> sorted(Map<K, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
