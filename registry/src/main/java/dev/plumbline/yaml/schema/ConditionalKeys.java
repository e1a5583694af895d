package dev.plumbline.yaml.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.yaml.Form;
import dev.plumbline.yaml.Key;
import dev.plumbline.yaml.Key.Condition;
import dev.plumbline.yaml.Keys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a mapping may have, and must, by the word that another of its keys holds. */
final class ConditionalKeys {
  private final List<Key> keys;
  private final Function<Form, ObjectNode> values;

  /**
   * Those of {@code all} that have a condition.
   *
   * @param values writes how a value is written
   */
  ConditionalKeys(Keys all, Function<Form, ObjectNode> values) {
    this.keys = all.keys().stream().filter(key -> key.condition().isPresent()).toList();
    this.values = values;
  }

  /** Adds a rule for each set of words that admit the same keys. */
  void addTo(ObjectNode mapping) {
    Map<Key, List<Condition>> conditions =
        keys.stream()
            .map(key -> key.condition().orElseThrow())
            .collect(
                Collectors.groupingBy(Condition::key, LinkedHashMap::new, Collectors.toList()));
    if (!conditions.isEmpty()) {
      ArrayNode rules = mapping.putArray("allOf");
      conditions.keySet().forEach(key -> addTo(rules, key));
    }
  }

  private void addTo(ArrayNode rules, Key on) {
    Map<List<Key>, List<String>> wordsByKeys = new LinkedHashMap<>();
    for (String word : ((Form.OneOf) on.form()).words()) {
      List<Key> admitted = keys.stream().filter(key -> admits(key, on, word)).toList();
      wordsByKeys.merge(
          admitted,
          List.of(word),
          (some, more) -> List.of(some, more).stream().flatMap(List::stream).toList());
    }
    wordsByKeys.forEach((admitted, words) -> rules.add(rule(on, words, admitted)));
  }

  private static boolean admits(Key key, Key on, String word) {
    Condition condition = key.condition().orElseThrow();
    return !condition.key().equals(on) || condition.words().contains(word);
  }

  private ObjectNode rule(Key on, List<String> words, List<Key> admitted) {
    ObjectNode rule = JsonSchema.object();
    ObjectNode applies = rule.putObject("if");
    words.forEach(applies.putObject("properties").putObject(on.name()).putArray("enum")::add);
    applies.putArray("required").add(on.name());
    ObjectNode then = rule.putObject("then");
    ArrayNode required = then.putArray("required");
    ObjectNode properties = then.putObject("properties");
    for (Key key : keys) {
      if (admitted.contains(key) && key.required()) {
        required.add(key.name());
        properties.set(key.name(), values.apply(key.form()));
      } else if (admitted.stream().noneMatch(each -> each.name().equals(key.name()))) {
        properties.put(key.name(), false);
      }
    }
    return rule;
  }
}
