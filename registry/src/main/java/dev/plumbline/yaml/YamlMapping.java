package dev.plumbline.yaml;

import dev.plumbline.definition.Complaint;
import dev.plumbline.definition.ProblemCode;
import java.util.HashSet;
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
 * A mapping: one that may have declared keys, or one whose keys are names of the user's. Keys that
 * are neither declared nor asked for are reported by {@link #rejectUnknownKeys}.
 */
public final class YamlMapping {
  private final YamlText text;
  private final MappingNode node;
  private final String label;
  private final Problems problems;
  private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();
  private final Set<String> declared = new HashSet<>();

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

  /** The same mapping as one that may have these keys and no others. */
  public YamlMapping having(Keys keys) {
    return having(keys, keys.name());
  }

  /**
   * The same mapping as one that may have these keys and no others.
   *
   * @param label what it is, for messages
   */
  public YamlMapping having(Keys keys, String label) {
    YamlMapping mapping = labelled(label);
    keys.keys().stream().map(Key::name).forEach(mapping.declared::add);
    keys.keys().stream().filter(this::admits).map(Key::name).forEach(mapping.known::add);
    return mapping;
  }

  /** Whether the condition of the key holds, as far as is known. */
  private boolean admits(Key key) {
    return key.condition()
        .map(
            only ->
                Optional.ofNullable(entries.get(only.key().name()))
                    .map(NodeTuple::getValueNode)
                    .filter(ScalarNode.class::isInstance)
                    .map(word -> ((ScalarNode) word).getValue())
                    .filter(((Form.OneOf) only.key().form()).words()::contains)
                    .map(only.words()::contains)
                    .orElse(true))
        .orElse(true);
  }

  public Where where() {
    return text.start(node);
  }

  public boolean has(Key key) {
    return has(declared(key));
  }

  public boolean has(String key) {
    known.add(key);
    return entries.containsKey(key);
  }

  /** The value of a key; empty, and a problem, if it must be there and is not. */
  public Optional<YamlValue> find(Key key) {
    return key.required() ? require(declared(key), key.example()) : find(declared(key));
  }

  /** What is read is declared, so that the schema knows it too. */
  private String declared(Key key) {
    if (!declared.contains(key.name())) {
      throw new IllegalStateException(
          "key '%s' is read of %s, which does not declare it".formatted(key.name(), label));
    }
    return key.name();
  }

  /** The value of a key whose null is a value. */
  public Optional<YamlValue> findNullable(Key key) {
    return findNullable(declared(key));
  }

  public Optional<Scalar> scalar(Key key) {
    return find(key).flatMap(YamlValue::scalar);
  }

  public Optional<String> text(Key key) {
    return scalar(key).map(Scalar::text);
  }

  /** The value of a key of the user's that may be left out, or be null. */
  public Optional<YamlValue> find(String key) {
    return findNullable(key).filter(value -> !value.isNull());
  }

  private Optional<YamlValue> findNullable(String key) {
    known.add(key);
    return Optional.ofNullable(entries.get(key)).map(entry -> value(entry, key));
  }

  /**
   * The value of a key of the user's that must be there; otherwise empty, and a problem.
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

  public Optional<Scalar> requireScalar(String key, String example) {
    return require(key, example).flatMap(YamlValue::scalar);
  }

  /** The text of a key of the user's that may be left out. */
  public Optional<String> text(String key) {
    return find(key).flatMap(YamlValue::scalar).map(Scalar::text);
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

  /** Reports every key that is not declared, and was never asked for. */
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
