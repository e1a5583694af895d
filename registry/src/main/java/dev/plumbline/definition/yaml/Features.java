package dev.plumbline.definition.yaml;

import dev.plumbline.definition.ProblemCode;
import dev.plumbline.definition.ViewId;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.Where;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which view each feature of each entity belongs to. */
final class Features {
  private final Map<String, Map<String, Home>> homes = new HashMap<>();

  private record Home(String view, Where where) {}

  /** Announces a feature. A problem if another view of the entity has one of that name. */
  void declare(String entity, String view, Scalar feature) {
    Home mine = new Home(view, feature.where());
    Home first =
        homes.computeIfAbsent(entity, any -> new HashMap<>()).putIfAbsent(feature.text(), mine);
    if (first != null && !first.view.equals(view)) {
      feature.reject(
          "feature",
          ProblemCode.NAME_TAKEN
              .found(
                  "belongs to view '%s' already (%s), and within entity '%s' a feature name belongs to one view",
                  first.view, first.where.from(mine.where), entity)
              .remedy("rename one"));
    }
  }

  Optional<String> view(String entity, String feature) {
    return Optional.ofNullable(homes.getOrDefault(entity, Map.of()).get(feature)).map(Home::view);
  }

  /** Whether the view has features, all of another entity. */
  boolean isViewOfAnother(ViewId id, String entity) {
    return homes.entrySet().stream()
        .filter(each -> !each.getKey().equals(entity))
        .flatMap(each -> each.getValue().values().stream())
        .anyMatch(home -> home.view.equals(id.name()));
  }

  SortedSet<String> names(String entity) {
    return new TreeSet<>(homes.getOrDefault(entity, Map.of()).keySet());
  }
}
