package dev.plumbline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.client.FeatureVectors;
import dev.plumbline.client.FeatureVectors.Feature;
import dev.plumbline.registry.ShortHash;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server's answer, for people and programs. */
final class VectorTable {
  private VectorTable() {}

  /** One row of an answer: a line per feature with value, status and age. */
  static String text(FeatureVectors answer, int row) {
    Table table = new Table("feature", "value", "status", "age");
    for (Feature feature : answer.features()) {
      table.row(
          feature.name(),
          String.valueOf(shown(feature.values().get(row))),
          feature.statuses().get(row).toString(),
          age(answer, feature, row).map(VectorTable::text).orElse(""));
    }
    return table
        + "\nserved at "
        + answer.servedAt()
        + ", registry revision "
        + ShortHash.of(answer.registryRevision());
  }

  private static Optional<Duration> age(FeatureVectors answer, Feature feature, int row) {
    return feature.view().flatMap(view -> answer.views().get(view).entities().get(row).age());
  }

  private static String text(Duration age) {
    return age.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  static ObjectNode json(FeatureVectors answer) {
    ObjectNode json =
        Console.json()
            .put("served_at", answer.servedAt().toString())
            .put("registry_revision", answer.registryRevision())
            .put("request_id", answer.requestId());
    ArrayNode features = json.putArray("features");
    for (Feature feature : answer.features()) {
      ObjectNode node =
          features.addObject().put("name", feature.name()).put("type", feature.type());
      node.put("status", feature.statuses().get(0).toString());
      node.set("value", value(feature.values().get(0)));
      age(answer, feature, 0).ifPresent(age -> node.put("age_seconds", age.toNanos() / 1e9));
    }
    return json;
  }

  private static JsonNode value(@Nullable Object value) {
    return Console.tree(
        value instanceof List<?> list
            ? list.stream().map(VectorTable::shown).toList()
            : shown(value));
  }

  /** A value as text and JSON can show it. */
  private static @Nullable Object shown(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value == null
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof List<?>) {
      return value;
    }
    return value.toString();
  }
}
