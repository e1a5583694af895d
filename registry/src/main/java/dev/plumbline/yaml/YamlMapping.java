package dev.plumbline.yaml;

import dev.plumbline.definition.Complaint;
import dev.plumbline.definition.ProblemCode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping. It remembers which keys were asked for, so that those that nobody knows can be
 * reported by {@link #rejectUnknownKeys}.
 */
public final class YamlMapping {
  private final YamlText text;
  private final MappingNode node;
  private final String label;
  private final Problems problems;
  private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  YamlMapping(YamlText text, MappingNode node, String label, Problems problems) {
    this.text = text;
    this.node = node;
    this.label = label;
    this.problems = problems;
    node.getValue().forEach(this::add);
  }

  private YamlMapping(
      YamlText text,
      MappingNode node,
      String label,
      Problems problems,
      Map<String, NodeTuple> entries) {
    this.text = text;
    this.node = node;
    this.label = label;
    this.problems = problems;
    this.entries.putAll(entries);
  }

  private void add(NodeTuple entry) {
    if (!(entry.getKeyNode() instanceof ScalarNode key)) {
      problems.add(
          text.start(entry.getKeyNode()),
          ProblemCode.WRONG_SHAPE.found("a key is not a word").expected("key: value"));
      return;
    }
    NodeTuple first = entries.putIfAbsent(key.getValue(), entry);
    if (first != null) {
      problems.add(
          text.start(key),
          ProblemCode.KEY_TWICE
              .found(
                  "key '%s' is written twice (also %s)",
                  key.getValue(), text.start(first.getKeyNode()).from(text.start(key)))
              .remedy("keep one"));
    }
  }

  /** The same mapping under another name in messages, with no key asked for yet. */
  public YamlMapping labelled(String other) {
    return new YamlMapping(text, node, other, problems, entries);
  }

  public Where where() {
    return text.start(node);
  }

  public boolean has(String key) {
    known.add(key);
    return entries.containsKey(key);
  }

  /** The value of a key that may be left out, or be null. */
  public Optional<YamlValue> find(String key) {
    return findNullable(key).filter(value -> !value.isNull());
  }

  /** The value of a key that may be left out; null is a value. */
  public Optional<YamlValue> findNullable(String key) {
    known.add(key);
    return Optional.ofNullable(entries.get(key)).map(entry -> value(entry, key));
  }

  /**
   * The value of a key that must be there; otherwise empty, and a problem.
   *
   * @param example of how it is written
   */
  public Optional<YamlValue> require(String key, String example) {
    Optional<YamlValue> found = find(key);
    if (found.isEmpty()) {
      problems.add(
          entries.containsKey(key) ? text.start(entries.get(key).getKeyNode()) : where(),
          ProblemCode.MISSING_KEY
              .found("%s has no '%s'", label, key)
              .remedy("add it, for example %s: %s", key, example));
    }
    return found;
  }

  public Optional<Scalar> scalar(String key) {
    return find(key).flatMap(YamlValue::scalar);
  }

  public Optional<Scalar> requireScalar(String key, String example) {
    return require(key, example).flatMap(YamlValue::scalar);
  }

  /** The text of a key that may be left out. */
  public Optional<String> text(String key) {
    return scalar(key).map(Scalar::text);
  }

  /** All entries, for a mapping whose keys are names of the user. */
  public Map<Scalar, YamlValue> entries() {
    Map<Scalar, YamlValue> all = new LinkedHashMap<>();
    entries.forEach(
        (key, entry) -> {
          known.add(key);
          all.put(key(entry), value(entry, key));
        });
    return all;
  }

  /** Keys in the order in which they are written. */
  public List<Scalar> keys() {
    return entries.values().stream().map(this::key).toList();
  }

  /** Whether part of a value seems to have ended up as a key, because of a comma in it. */
  public boolean hasTornValue() {
    return entries.entrySet().stream()
        .anyMatch(entry -> !known.contains(entry.getKey()) && isTorn(entry.getValue()));
  }

  /** Reports every key that was never asked for. */
  public void rejectUnknownKeys() {
    entries.forEach(
        (key, entry) -> {
          if (!known.contains(key)) {
            problems.add(text.start(entry.getKeyNode()), complaint(key, entry));
          }
        });
  }

  private Complaint complaint(String key, NodeTuple entry) {
    if (isTorn(entry)) {
      return ProblemCode.TORN_VALUE
          .found("unknown key '%s' looks like the rest of a value with a comma", key)
          .remedy("put the whole value in double quotes");
    }
    return NearestName.suggest(
        ProblemCode.UNKNOWN_KEY.found("unknown key '%s' in %s", key, label), key, known);
  }

  private boolean isTorn(NodeTuple entry) {
    Node value = entry.getValueNode();
    boolean empty =
        value instanceof ScalarNode scalar
            && scalar.getTag().equals(Tag.NULL)
            && scalar.getValue().isEmpty();
    return node.getFlowStyle() == FlowStyle.FLOW && empty;
  }

  private Scalar key(NodeTuple entry) {
    return new Scalar(text, (ScalarNode) entry.getKeyNode(), label, problems);
  }

  private YamlValue value(NodeTuple entry, String key) {
    return new YamlValue(text, entry.getValueNode(), key, problems);
  }
}
