package dev.plumbline.plan;

import java.util.List;

/**
 * Whom a change concerns, each in the order of the alphabet.
 *
 * @param features as {@code entity:feature@version}; of an on-demand view {@code view:feature@1}
 * @param services that read it, before the change or after it
 * @param staying services in use that go on reading another version of it
 * @param datasets that are joined with one of {@code services}, or take their labels from it
 */
public record Affected(
    List<String> features, List<String> services, List<String> staying, List<String> datasets) {
  public static final Affected NOBODY = new Affected(List.of(), List.of(), List.of(), List.of());

  public Affected {
    features = sorted(features);
    services = sorted(services);
    staying = sorted(staying);
    datasets = sorted(datasets);
  }

  /** The same of these features alone. */
  Affected withFeatures(List<String> some) {
    return new Affected(some, services, staying, datasets);
  }

  private static List<String> sorted(List<String> names) {
    return names.stream().distinct().sorted().toList();
  }
}
