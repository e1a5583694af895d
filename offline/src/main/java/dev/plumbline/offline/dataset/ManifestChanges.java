package dev.plumbline.offline.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.registry.DatasetVersion;
import dev.plumbline.type.Micros;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What differs between two versions of datasets, by their manifests.
 *
 * @param sameRows whether they hold the same rows, whatever built them
 * @param changes in the order of a manifest; empty if nothing differs but the version
 */
public record ManifestChanges(boolean sameRows, List<Change> changes) {
  /** Absent on one side. */
  private static final String ABSENT = "-";

  public ManifestChanges {
    changes = List.copyOf(changes);
  }

  /** Something that differs, as people read it; {@code -} where it is absent. */
  public record Change(String what, String before, String after) {}

  public static ManifestChanges between(DatasetVersion before, DatasetVersion after) {
    Map<String, String> old = facts(DatasetFiles.parse(before.manifest()));
    Map<String, String> now = facts(DatasetFiles.parse(after.manifest()));
    Map<String, String> all = new LinkedHashMap<>(old);
    now.forEach(all::putIfAbsent);
    List<Change> changes = new ArrayList<>();
    for (String what : all.keySet()) {
      String was = old.getOrDefault(what, ABSENT);
      String is = now.getOrDefault(what, ABSENT);
      if (!Objects.equals(was, is)) {
        changes.add(new Change(what, was, is));
      }
    }
    return new ManifestChanges(before.contentHash().equals(after.contentHash()), changes);
  }

  /** Everything that a manifest says and that can differ, by what it is about. */
  private static Map<String, String> facts(JsonNode manifest) {
    Map<String, String> facts = new LinkedHashMap<>();
    put(facts, "service", manifest.path("service"));
    put(facts, "registry revision", manifest.path("registry_revision"));
    put(facts, "built at", manifest.path("built_at"));
    put(facts, "as of", manifest.path("as_of"));
    put(facts, "rows", manifest.path("rows"));
    put(facts, "content hash", manifest.path(Manifest.CONTENT_HASH));
    put(facts, "labels", manifest.path("labels").path("source"));
    put(facts, "labels' content hash", manifest.path("labels").path(Manifest.CONTENT_HASH));
    put(facts, "split", manifest.path("split"));
    manifest
        .path("splits")
        .properties()
        .forEach(split -> put(facts, "rows to " + split.getKey(), split.getValue()));
    manifest.path("views").forEach(view -> ofView(facts, view));
    manifest.path("on_demand_views").forEach(view -> ofView(facts, view));
    long rows = manifest.path("rows").asLong();
    manifest.path("columns").forEach(column -> ofColumn(facts, column, rows));
    put(facts, "Plumbline", manifest.path("versions").path("plumbline"));
    put(facts, "Spark", manifest.path("versions").path("spark"));
    put(facts, "Java", manifest.path("versions").path("java"));
    put(facts, "code commit", manifest.path("code").path("commit"));
    put(facts, "code dirty", manifest.path("code").path("dirty"));
    return facts;
  }

  private static void ofView(Map<String, String> facts, JsonNode view) {
    String name = view.path("view").asText();
    facts.put(name, "read");
    put(facts, name + " fingerprint", view.path("fingerprint"));
    if (view.has("log_position")) {
      facts.put(
          name + " log position", Micros.instant(view.path("log_position").asLong()).toString());
    }
  }

  private static void ofColumn(Map<String, String> facts, JsonNode column, long rows) {
    String name = column.path("name").asText();
    put(facts, name, column.path("type"));
    facts.put(name + " nulls", share(column.path("nulls").asLong(), rows));
    column
        .path("statuses")
        .properties()
        .forEach(
            status ->
                facts.put(name + " " + status.getKey(), share(status.getValue().asLong(), rows)));
  }

  private static void put(Map<String, String> facts, String what, JsonNode value) {
    if (!value.isMissingNode()) {
      facts.put(what, value.isValueNode() ? value.asText() : value.toString());
    }
  }

  private static String share(long part, long rows) {
    return String.format(Locale.ROOT, "%.2f %%", rows == 0 ? 0 : 100.0 * part / rows);
  }
}
