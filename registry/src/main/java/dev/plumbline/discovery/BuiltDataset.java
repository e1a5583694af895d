package dev.plumbline.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plumbline.registry.DatasetVersion;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * A version of a dataset that was built, and what it was built from: that stays so, whatever its
 * service reads today.
 *
 * @param labels the source of its labels
 * @param views {@code name@version} of all feature views that were read
 * @param onDemandViews the same of those that were evaluated
 * @param features as its service listed them
 */
public record BuiltDataset(
    String name,
    int version,
    String service,
    String labels,
    Set<String> views,
    Set<String> onDemandViews,
    Set<String> features,
    long rows,
    Instant builtAt) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** What the manifest of a recorded version says. */
  public static BuiltDataset of(DatasetVersion recorded) {
    JsonNode manifest = tree(recorded.manifest());
    Set<String> features = new TreeSet<>();
    manifest.path("features").forEach(feature -> features.add(feature.asText()));
    return new BuiltDataset(
        recorded.name(),
        recorded.version(),
        manifest.path("service").asText(""),
        manifest.path("labels").path("source").asText(""),
        views(manifest.path("views")),
        views(manifest.path("on_demand_views")),
        features,
        manifest.path("rows").asLong(),
        recorded.createdAt());
  }

  private static Set<String> views(JsonNode list) {
    Set<String> views = new TreeSet<>();
    list.forEach(each -> views.add(each.path("view").asText()));
    return views;
  }

  private static JsonNode tree(String manifest) {
    try {
      return MAPPER.readTree(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a manifest: " + e.getOriginalMessage(), e);
    }
  }

  /** {@code delay_training@1}. */
  public String ref() {
    return name + "@" + version;
  }
}
