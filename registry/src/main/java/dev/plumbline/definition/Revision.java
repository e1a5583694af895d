package dev.plumbline.definition;

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

  private static <K extends Comparable<K>, V> SortedMap<K, V> sorted(Map<K, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
