package dev.plumbline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.registry.ShortHash;
import dev.plumbline.type.Micros;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A dataset's manifest as people read it. What manifests of earlier versions do not say is left
 * out.
 */
record ManifestText(JsonNode manifest) {
  String text(String path) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Dataset %s, version %d: %,d rows in %s"
            .formatted(text(manifest, "name"), manifest.path("version").asInt(), rows(), path));
    lines.add("  content hash  " + text(manifest, "content_hash"));
    lines.add(
        "  built at      "
            + text(manifest, "built_at")
            + asOf().map(instant -> ", as of " + instant).orElse(""));
    lines.add("  service       " + text(manifest, "service"));
    lines.add("  revision      " + ShortHash.of(text(manifest, "registry_revision")));
    lines.add("  labels        " + labels(manifest.path("labels")));
    lines.add("  splits        " + splits());
    lines.add("  built with    " + versions(manifest.path("versions")) + code());
    lines.add("");
    lines.add(views());
    lines.add("");
    lines.add(columns());
    return String.join("\n", lines);
  }

  /** The instant as of which logs were read; empty if to their ends. */
  Optional<String> asOf() {
    return manifest.has("as_of") ? Optional.of(text(manifest, "as_of")) : Optional.empty();
  }

  private static String labels(JsonNode labels) {
    String hash = text(labels, "content_hash");
    return "%s at %s%s"
        .formatted(
            text(labels, "source"),
            text(labels, "time"),
            hash.isEmpty() ? "" : ", content hash " + ShortHash.of(hash));
  }

  private String splits() {
    List<String> parts = new ArrayList<>();
    manifest
        .path("splits")
        .properties()
        .forEach(
            split ->
                parts.add(
                    "%s %,d (%s)"
                        .formatted(
                            split.getKey(),
                            split.getValue().asLong(),
                            percent(split.getValue().asLong()))));
    JsonNode split = manifest.path("split");
    String by = split.has("by") ? "; by " + text(split, "by") : "";
    String seed = split.has("seed") ? ", seed " + split.path("seed").asLong() : "";
    return String.join(", ", parts) + by + seed;
  }

  private static String versions(JsonNode versions) {
    String plumbline = text(versions, "plumbline");
    return (plumbline.isEmpty() ? "" : "Plumbline " + plumbline + ", ")
        + "Spark %s, Java %s".formatted(text(versions, "spark"), text(versions, "java"));
  }

  private String code() {
    JsonNode code = manifest.path("code");
    return code.isMissingNode()
        ? ""
        : ", code %s%s"
            .formatted(
                ShortHash.of(text(code, "commit")),
                code.path("dirty").asBoolean() ? " with changes" : "");
  }

  private String views() {
    Table table = new Table("view", "fingerprint", "log position", "newest refresh");
    for (JsonNode view : manifest.path("views")) {
      table.row(
          text(view, "view"),
          ShortHash.of(text(view, "fingerprint")),
          Micros.instant(view.path("log_position").asLong()).toString(),
          text(view, "newest_refresh"));
    }
    for (JsonNode view : manifest.path("on_demand_views")) {
      table.row(text(view, "view"), ShortHash.of(text(view, "fingerprint")), "", "");
    }
    return table.toString();
  }

  private String columns() {
    Table table = new Table("column", "type", "null", "status or default");
    for (JsonNode column : manifest.path("columns")) {
      List<String> statuses = new ArrayList<>();
      if (column.has("default")) {
        statuses.add("default " + text(column, "default"));
      }
      column
          .path("statuses")
          .properties()
          .forEach(
              status -> {
                if (status.getValue().asLong() > 0) {
                  statuses.add(percent(status.getValue().asLong()) + " " + status.getKey());
                }
              });
      table.row(
          text(column, "name"),
          text(column, "type"),
          percent(column.path("nulls").asLong()),
          String.join(", ", statuses));
    }
    return table.toString();
  }

  long rows() {
    return manifest.path("rows").asLong();
  }

  private String percent(long part) {
    return String.format(Locale.ROOT, "%.2f %%", rows() == 0 ? 0 : 100.0 * part / rows());
  }

  private static String text(JsonNode node, String key) {
    return node.path(key).asText("");
  }
}
