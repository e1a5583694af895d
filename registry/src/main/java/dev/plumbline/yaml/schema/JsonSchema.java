package dev.plumbline.yaml.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.yaml.Form;
import dev.plumbline.yaml.Key;
import dev.plumbline.yaml.Keys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes declared keys as a JSON Schema of draft 07, which is what editors of YAML have read for
 * longest; none of its words has changed its meaning since. What is optional may also be null.
 */
public final class JsonSchema {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** What a mapping may be is written once, under its name, and referred to. */
  private final Map<String, ObjectNode> definitions = new LinkedHashMap<>();

  private JsonSchema() {}

  /** Of a file that is one mapping of {@code keys}. */
  public static ObjectNode ofFile(String title, Keys keys) {
    JsonSchema schema = new JsonSchema();
    return schema.finished(title, schema.mapping(keys));
  }

  /**
   * Of files whose every document is a mapping of one of several kinds: the first of them whose
   * first key it has.
   */
  public static ObjectNode ofDocuments(String title, List<Keys> kinds) {
    JsonSchema schema = new JsonSchema();
    return schema.finished(title, schema.firstOf(kinds, kinds));
  }

  /** A schema as it stands in a file: indented, the last line ended, the same on every machine. */
  public static String text(ObjectNode schema) {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(lines);
    try {
      return new JsonMapper().writer(printer).writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that is no JSON", e);
    }
  }

  private ObjectNode finished(String title, ObjectNode root) {
    ObjectNode whole =
        object().put("$schema", "http://json-schema.org/draft-07/schema#").put("title", title);
    whole.setAll(root);
    if (!definitions.isEmpty()) {
      definitions.forEach(whole.putObject("definitions")::set);
    }
    return whole;
  }

  /** Not 'oneOf', for which an editor can say no more than that none of them fits. */
  private ObjectNode firstOf(List<Keys> rest, List<Keys> all) {
    if (rest.isEmpty()) {
      return ofNoKind(all);
    }
    Keys first = rest.get(0);
    ObjectNode choice = object();
    choice.putObject("if").putArray("required").add(first.keys().get(0).name());
    choice.set("then", reference(first));
    choice.set("else", firstOf(rest.subList(1, rest.size()), all));
    return choice;
  }

  /** What an editor offers for a document that does not say yet what it declares: nothing fits. */
  private static ObjectNode ofNoKind(List<Keys> kinds) {
    ObjectNode none = object().put("type", "object");
    ObjectNode properties = none.putObject("properties");
    ArrayNode required = none.putArray("anyOf");
    for (Keys kind : kinds) {
      Key first = kind.keys().get(0);
      properties.putObject(first.name()).put("description", first.help());
      required.addObject().putArray("required").add(first.name());
    }
    return none;
  }

  private ObjectNode reference(Keys keys) {
    String name = keys.name().replaceAll("[^a-z]", "_");
    if (!definitions.containsKey(name)) {
      definitions.put(name, object()); // its place, before those that it refers to
      definitions.put(name, mapping(keys));
    }
    return object().put("$ref", "#/definitions/" + name);
  }

  private ObjectNode mapping(Keys keys) {
    ObjectNode mapping = object().put("type", "object").put("additionalProperties", false);
    ObjectNode properties = mapping.putObject("properties");
    keys.keys().forEach(key -> properties.set(key.name(), property(key, keys)));
    if (keys.choice()) {
      return mapping.put("minProperties", 1).put("maxProperties", 1);
    }
    List<Key> always = keys.keys().stream().filter(key -> key.condition().isEmpty()).toList();
    ArrayNode required = mapping.putArray("required");
    always.stream().filter(Key::required).map(Key::name).forEach(required::add);
    new ConditionalKeys(keys, this::value).addTo(mapping);
    return mapping;
  }

  private ObjectNode property(Key key, Keys keys) {
    boolean optional =
        keys.keys().stream().anyMatch(each -> each.name().equals(key.name()) && !each.required());
    ObjectNode property = object().put("description", key.help());
    property.setAll(optional ? orNull(value(key.form())) : value(key.form()));
    return property;
  }

  private ObjectNode value(Form form) {
    if (form instanceof Form.Single single) {
      return single(single);
    }
    if (form instanceof Form.OneOf oneOf) {
      ObjectNode words = object();
      oneOf.words().forEach(words.putArray("enum")::add);
      return words;
    }
    return form instanceof Form.Either either ? anyOf(either.forms()) : compound(form);
  }

  private ObjectNode compound(Form form) {
    if (form instanceof Form.ListOf list) {
      ObjectNode array = object().put("type", "array");
      array.set("items", value(list.element()));
      return list.least() == 0 ? array : array.put("minItems", list.least());
    }
    if (form instanceof Form.MapOf map) {
      ObjectNode object = object().put("type", "object");
      object.set("propertyNames", value(map.key()));
      object.set("additionalProperties", value(map.value()));
      return object;
    }
    return reference(((Form.Mapping) form).keys());
  }

  private static ObjectNode single(Form.Single single) {
    ObjectNode node = object();
    if (single.types().size() == 1) {
      node.put("type", single.types().get(0));
    } else {
      single.types().forEach(node.putArray("type")::add);
    }
    new TreeMap<>(single.limits())
        .forEach(
            (keyword, limit) -> {
              if (limit instanceof Integer number) {
                node.put(keyword, number);
              } else {
                node.put(keyword, limit.toString());
              }
            });
    return node;
  }

  private ObjectNode anyOf(List<Form> forms) {
    ObjectNode any = object();
    ArrayNode choices = any.putArray("anyOf");
    forms.forEach(form -> choices.add(value(form)));
    return any;
  }

  private static ObjectNode orNull(ObjectNode value) {
    if (value.get("enum") instanceof ArrayNode words) {
      words.addNull();
    } else if (value.get("type") instanceof ArrayNode types) {
      types.add("null");
    } else if (value.has("type")) {
      String type = value.path("type").asText();
      value.putArray("type").add(type).add("null");
    } else {
      ObjectNode either = object();
      either.putArray("anyOf").add(value).addObject().put("type", "null");
      return either;
    }
    return value;
  }

  static ObjectNode object() {
    return JSON.objectNode();
  }
}
