package dev.plumbline.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.json.RevisionJson;
import dev.plumbline.yaml.DurationText;
import dev.plumbline.yaml.YamlDump;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Definitions of a revision as they would be written in a file: reading them back gives the same
 * revision. Comments are not kept, nor is the order in which things were written.
 */
public final class DefinitionText {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Set<String> DURATIONS =
      Set.of("every", "availability_lag", "max_age", "window");

  private static final int WIDTH = 110;

  private final int width;
  private final JsonNode document;

  public DefinitionText(Revision revision) {
    this(revision, WIDTH);
  }

  /**
   * @param width of a line, where it can be broken
   */
  public DefinitionText(Revision revision, int width) {
    this.width = width;
    this.document = tree(RevisionJson.write(revision));
  }

  /**
   * The canonical JSON of a definition, or of a feature within its view.
   *
   * @throws IllegalArgumentException if it is not of this revision
   */
  public ObjectNode json(Item item) {
    if (item.kind().isFeature()) {
      String name = item.ref().replaceAll("^.*:|@.*$", "");
      return find(viewOf(item).path("features"), name, 0);
    }
    return item.view().isPresent()
        ? viewOf(item)
        : find(document.path(list(item.kind())), item.ref(), 0);
  }

  /** Whether this revision declares it. */
  public boolean has(Item item) {
    try {
      json(item);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private ObjectNode viewOf(Item item) {
    boolean onDemand = item.kind() == Kind.ON_DEMAND_VIEW || item.kind() == Kind.ON_DEMAND_FEATURE;
    Kind kind = onDemand ? Kind.ON_DEMAND_VIEW : Kind.FEATURE_VIEW;
    return find(
        document.path(list(kind)),
        item.view().orElseThrow().name(),
        item.view().orElseThrow().version());
  }

  private static String list(Kind kind) {
    return kind == Kind.ENTITY ? "entities" : kind.key() + "s";
  }

  /**
   * @param version 0 for what has none
   */
  private static ObjectNode find(JsonNode list, String name, int version) {
    return StreamSupport.stream(list.spliterator(), false)
        .filter(each -> each.path("name").asText().equals(name))
        .filter(each -> each.path("version").asInt(0) == version)
        .map(ObjectNode.class::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no definition of " + name));
  }

  /** The YAML of a definition, or of a feature, without the end of its last line. */
  public String yaml(Item item) {
    ObjectNode json = json(item);
    Map<String, Object> written = new LinkedHashMap<>();
    if (item.kind().isFeature()) {
      written.put("name", json.path("name").asText());
    } else {
      written.put(item.kind().key(), json.path("name").asText());
    }
    json.properties().stream()
        .filter(each -> !each.getKey().equals("name"))
        .forEach(each -> put(written, each.getKey(), each.getValue(), json));
    if (item.kind().isFeature()) {
      written.remove("type");
    }
    return YamlDump.write(width, written).stripTrailing();
  }

  /** All definitions, as one file. */
  public static String file(Revision revision) {
    DefinitionText text = new DefinitionText(revision);
    return new Inventory(revision)
        .items().stream()
            .filter(item -> !item.kind().isFeature())
            .map(text::yaml)
            .reduce("", (file, each) -> file + "---\n" + each + "\n");
  }

  /** What canonical JSON says, in the words of files; what files need not say is left out. */
  private static void put(
      Map<String, Object> written, String key, JsonNode value, ObjectNode definition) {
    boolean windowedOrRow = key.equals("shape");
    boolean defaulted =
        (key.equals("on_missing") && value.asText().equals("propagate"))
            || (key.equals("availability_lag") && value.asText().equals("PT0S"))
            || (key.equals("defaults") && value.isEmpty())
            || (key.equals("inputs") && value.isEmpty())
            || (key.equals("request") && value.isEmpty());
    if (windowedOrRow || defaulted) {
      return;
    }
    if (key.equals("place")) {
      written.put(place(definition.path("format").asText()), value.asText());
    } else if (DURATIONS.contains(key)) {
      written.put(key, duration(value.asText()));
    } else if (key.equals("features") && value.path(0).isObject()) {
      written.put(key, features(value));
    } else if (key.equals("expect")) {
      written.put(key, expectations(value));
    } else if (key.equals("split")) {
      written.put(key, split(value));
    } else {
      written.put(key, plain(value));
    }
  }

  private static String place(String format) {
    return switch (format) {
      case "iceberg" -> "table";
      case "jdbc" -> "url";
      default -> "path";
    };
  }

  private static String duration(String text) {
    return text.equals("all") ? text : DurationText.of(Duration.parse(text));
  }

  /** Without types, which follow from expressions. */
  private static List<Object> features(JsonNode features) {
    List<Object> all = new ArrayList<>();
    for (JsonNode feature : features) {
      Map<String, Object> written = new LinkedHashMap<>();
      feature.properties().stream()
          .filter(each -> !each.getKey().equals("type"))
          .forEach(each -> put(written, each.getKey(), each.getValue(), (ObjectNode) feature));
      all.add(written);
    }
    return all;
  }

  private static List<Object> expectations(JsonNode expectations) {
    List<Object> all = new ArrayList<>();
    for (JsonNode each : expectations) {
      Map<String, Object> rule = new LinkedHashMap<>();
      each.properties().stream()
          .filter(part -> !part.getKey().equals("rule"))
          .forEach(
              part ->
                  rule.put(
                      part.getKey(),
                      part.getKey().equals("max_share")
                          ? unquoted(part.getValue().asText())
                          : plain(part.getValue())));
      String name = each.path("rule").asText();
      all.add(
          switch (name) {
            case "freshness" -> Map.of(name, duration(each.path("max_age").asText()));
            case "unique" -> Map.of(name, "key");
            default -> Map.of(name, rule);
          });
    }
    return all;
  }

  private static Map<String, Object> split(JsonNode split) {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("by", split.path("by").asText("time"));
    split.properties().forEach(each -> written.put(each.getKey(), plain(each.getValue())));
    return written;
  }

  /** Typed values, {@code {"type": …, "value": …}}, become the values. */
  private static Object plain(JsonNode node) {
    if (node.isObject() && node.size() == 2 && node.has("type") && node.has("value")) {
      return typed(node.path("type").asText(), node.path("value"));
    }
    if (node.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      node.properties().forEach(each -> map.put(each.getKey(), plain(each.getValue())));
      return map;
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(each -> list.add(plain(each)));
      return list;
    }
    return node.isTextual() ? node.asText() : unquoted(node.asText());
  }

  private static Object typed(String type, JsonNode value) {
    if (value.isArray()) {
      String element = type.replaceAll("^array<|>$", "");
      List<Object> list = new ArrayList<>();
      value.forEach(each -> list.add(typed(element, each)));
      return list;
    }
    boolean quoted = type.equals("string") || type.equals("binary");
    return quoted ? value.asText() : unquoted(value.asText());
  }

  /** A text that is to be read as a number, a boolean or an instant. */
  private static Object unquoted(String text) {
    return new YamlDump.Plain(
        switch (text) {
          case "NaN" -> ".nan";
          case "Infinity" -> ".inf";
          case "-Infinity" -> "-.inf";
          default -> text;
        });
  }

  private static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
