package dev.plumbline.offline.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.registry.DatasetVersion;
import dev.plumbline.type.Micros;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What differs between two versions of datasets, by their manifests.
 *
 * @param rows how their rows compare, whatever built them
 * @param changes first what was asked differently, then what was found, then by what it was built;
 *     empty if nothing differs but the version
 */
public record ManifestChanges(Rows rows, List<Change> changes) {
  /** Absent on one side. */
  private static final String ABSENT = "-";

  public ManifestChanges {
    changes = List.copyOf(changes);
  }

  /** How the rows of two versions compare. */
  public enum Rows {
    SAME,
    OTHER_VALUES,
    /** By name or type; of the values of columns that both have, manifests tell no difference. */
    OTHER_COLUMNS,
    OTHER_COLUMNS_AND_VALUES
  }

  /** Something that differs, as people read it; {@code -} where it is absent. */
  public record Change(String what, String before, String after) {}

  public static ManifestChanges between(DatasetVersion before, DatasetVersion after) {
    JsonNode old = DatasetFiles.parse(before.manifest());
    JsonNode now = DatasetFiles.parse(after.manifest());
    boolean same = before.contentHash().equals(after.contentHash());
    return new ManifestChanges(same ? Rows.SAME : rows(old, now), changes(facts(old), facts(now)));
  }

  private static Rows rows(JsonNode before, JsonNode after) {
    Map<String, JsonNode> old = columns(before);
    Map<String, JsonNode> now = columns(after);
    boolean sameColumns = old.keySet().equals(now.keySet());
    old.keySet().retainAll(now.keySet());
    now.keySet().retainAll(old.keySet());
    if (sameColumns) {
      return Rows.OTHER_VALUES;
    }
    return before.path("rows").equals(after.path("rows")) && old.equals(now)
        ? Rows.OTHER_COLUMNS
        : Rows.OTHER_COLUMNS_AND_VALUES;
  }

  /** By name and type. */
  private static Map<String, JsonNode> columns(JsonNode manifest) {
    Map<String, JsonNode> columns = new LinkedHashMap<>();
    manifest
        .path("columns")
        .forEach(
            column ->
                columns.put(
                    column.path("name").asText() + " " + column.path("type").asText(), column));
    return columns;
  }

  /** Of what is on one side only, no more is told than that. */
  private static List<Change> changes(
      Map<String, Map<String, String>> before, Map<String, Map<String, String>> after) {
    List<Change> changes = new ArrayList<>();
    for (String subject : union(before.keySet(), after.keySet())) {
      Map<String, String> old = before.getOrDefault(subject, Map.of());
      Map<String, String> now = after.getOrDefault(subject, Map.of());
      Set<String> facts =
          old.isEmpty() || now.isEmpty() ? Set.of("") : union(old.keySet(), now.keySet());
      for (String fact : facts) {
        String was = old.getOrDefault(fact, ABSENT);
        String is = now.getOrDefault(fact, ABSENT);
        if (!was.equals(is)) {
          changes.add(new Change(subject + fact, was, is));
        }
      }
    }
    return changes;
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new LinkedHashSet<>(some);
    all.addAll(others);
    return all;
  }

  /**
   * Everything that a manifest says and that can differ: of each subject first, under an empty
   * name, what it is, then more about it.
   */
  private static Map<String, Map<String, String>> facts(JsonNode manifest) {
    Map<String, Map<String, String>> facts = new LinkedHashMap<>();
    JsonNode labels = manifest.path("labels");
    put(facts, "service", manifest.path("service"));
    put(facts, "registry revision", manifest.path("registry_revision"));
    facts.put("as of", Map.of("", manifest.path("as_of").asText("newest")));
    put(facts, "status columns", manifest.path("status_columns"));
    put(facts, "labels", labels.path("source"));
    put(facts, "split", manifest.path("split"));
    put(facts, "labels' content hash", labels.path(Manifest.CONTENT_HASH));
    manifest.path("views").forEach(view -> ofView(facts, view));
    manifest.path("on_demand_views").forEach(view -> ofView(facts, view));
    put(facts, "rows", manifest.path("rows"));
    put(facts, "content hash", manifest.path(Manifest.CONTENT_HASH));
    manifest
        .path("splits")
        .properties()
        .forEach(split -> put(facts, "rows to " + split.getKey(), split.getValue()));
    long rows = manifest.path("rows").asLong();
    manifest.path("columns").forEach(column -> ofColumn(facts, column, rows));
    put(facts, "built at", manifest.path("built_at"));
    put(facts, "Plumbline", manifest.path("versions").path("plumbline"));
    put(facts, "Spark", manifest.path("versions").path("spark"));
    put(facts, "Java", manifest.path("versions").path("java"));
    put(facts, "code commit", manifest.path("code").path("commit"));
    put(facts, "code dirty", manifest.path("code").path("dirty"));
    return facts;
  }

  private static void ofView(Map<String, Map<String, String>> facts, JsonNode view) {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("", "read");
    about.put(" fingerprint", view.path("fingerprint").asText());
    if (view.has("log_position")) {
      about.put(" log position", Micros.instant(view.path("log_position").asLong()).toString());
    }
    facts.put(view.path("view").asText(), about);
  }

  private static void ofColumn(Map<String, Map<String, String>> facts, JsonNode column, long rows) {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("", column.path("type").asText());
    about.put(" default", column.path("default").asText(ABSENT));
    about.put(" nulls", share(column.path("nulls").asLong(), rows));
    column
        .path("statuses")
        .properties()
        .forEach(
            status -> about.put(" " + status.getKey(), share(status.getValue().asLong(), rows)));
    facts.put(column.path("name").asText(), about);
  }

  private static void put(Map<String, Map<String, String>> facts, String subject, JsonNode value) {
    if (!value.isMissingNode()) {
      facts.put(subject, Map.of("", value.isValueNode() ? value.asText() : value.toString()));
    }
  }

  private static String share(long part, long rows) {
    return String.format(Locale.ROOT, "%.2f %%", rows == 0 ? 0 : 100.0 * part / rows);
  }
}
