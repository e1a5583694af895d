package dev.plumbline.definition;

import java.util.Collections;
import java.util.Map;
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

  private static <K extends Comparable<K>, V> SortedMap<K, V> sorted(Map<K, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
