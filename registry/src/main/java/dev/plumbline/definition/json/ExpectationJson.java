package dev.plumbline.definition.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.definition.Expectation;
import dev.plumbline.definition.Expectation.Rule;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Expectations of one view as JSON, and back. */
final class ExpectationJson {
  private final List<Field> features;

  ExpectationJson(List<Field> features) {
    this.features = features;
  }

  ObjectNode write(Expectation expectation) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("rule", expectation.rule().name().toLowerCase(Locale.ROOT));
    expectation.feature().ifPresent(name -> node.put("feature", name));
    if (expectation instanceof Expectation.Rows rows) {
      rows.min().ifPresent(min -> node.put("min", min));
      rows.max().ifPresent(max -> node.put("max", max));
    } else if (expectation instanceof Expectation.Freshness freshness) {
      node.put("max_age", freshness.maxAge().toString());
    } else if (expectation instanceof Expectation.Nulls nulls) {
      node.put("max_share", nulls.maxShare().toPlainString());
    } else if (expectation instanceof Expectation.Range range) {
      DataType type = type(range.name());
      range.min().ifPresent(min -> node.set("min", ValueJson.write(type, min)));
      range.max().ifPresent(max -> node.set("max", ValueJson.write(type, max)));
      node.put("max_share", range.maxShare().toPlainString());
    }
    return node;
  }

  private DataType type(String feature) {
    return features.stream()
        .filter(field -> field.name().equals(feature))
        .findFirst()
        .orElseThrow()
        .type();
  }

  static Expectation read(JsonNode node) {
    return switch (Rule.valueOf(node.path("rule").asText().toUpperCase(Locale.ROOT))) {
      case ROWS -> new Expectation.Rows(bound(node, "min"), bound(node, "max"));
      case FRESHNESS -> new Expectation.Freshness(Duration.parse(node.path("max_age").asText()));
      case UNIQUE -> new Expectation.UniqueKey();
      case NULLS -> new Expectation.Nulls(node.path("feature").asText(), share(node));
      case RANGE ->
          new Expectation.Range(
              node.path("feature").asText(),
              Optional.ofNullable(node.get("min")).map(ValueJson::read),
              Optional.ofNullable(node.get("max")).map(ValueJson::read),
              share(node));
    };
  }

  private static OptionalLong bound(JsonNode node, String key) {
    return node.has(key) ? OptionalLong.of(node.get(key).asLong()) : OptionalLong.empty();
  }

  private static BigDecimal share(JsonNode node) {
    return new BigDecimal(node.path("max_share").asText());
  }
}
