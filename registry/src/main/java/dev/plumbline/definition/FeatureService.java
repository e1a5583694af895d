package dev.plumbline.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pinned list of features that one model reads.
 *
 * @param roles from each role to its entity; one entity can appear under several
 * @param defaults canonical values that stand in where a feature is MISSING or EXPIRED, on both
 *     sides
 */
public record FeatureService(
    String name,
    Map<String, String> roles,
    List<FeatureRef> features,
    Map<FeatureRef, Object> defaults,
    About about,
    Lifecycle lifecycle) {
  public FeatureService {
    roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
    features = List.copyOf(features);
    defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
  }

  /** A service in use of which nothing is said. */
  public FeatureService(
      String name,
      Map<String, String> roles,
      List<FeatureRef> features,
      Map<FeatureRef, Object> defaults) {
    this(name, roles, features, defaults, About.NOTHING, Lifecycle.ACTIVE);
  }
}
