package dev.plumbline.yaml;

import dev.plumbline.definition.ProblemCode;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Something written in a file: a scalar, a list or a mapping. What it is not gets reported. */
public final class YamlValue {
  private final YamlText text;
  private final Node node;
  private final String label;
  private final Problems problems;

  /**
   * A value at a node.
   *
   * @param label what it is the value of, for messages
   */
  YamlValue(YamlText text, Node node, String label, Problems problems) {
    this.text = text;
    this.node = node;
    this.label = label;
    this.problems = problems;
  }

  public Where where() {
    return text.start(node);
  }

  public boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  public boolean isScalar() {
    return node instanceof ScalarNode;
  }

  public boolean isMapping() {
    return node instanceof MappingNode;
  }

  /** The scalar; empty, and a problem, if it is something else or null. */
  public Optional<Scalar> scalar() {
    if (node instanceof ScalarNode scalar && !isNull()) {
      return Optional.of(new Scalar(text, scalar, label, problems));
    }
    return unexpected("a single value");
  }

  /** The mapping; empty, and a problem, if it is something else. */
  public Optional<YamlMapping> mapping() {
    if (node instanceof MappingNode mapping) {
      return Optional.of(new YamlMapping(text, mapping, label, problems));
    }
    return unexpected("a mapping, {key: value}");
  }

  /** The elements of the list; empty, and a problem, if it is something else. */
  public Optional<List<YamlValue>> list() {
    if (node instanceof SequenceNode sequence) {
      return Optional.of(
          sequence.getValue().stream()
              .map(element -> new YamlValue(text, element, label, problems))
              .toList());
    }
    return unexpected("a list, [...]");
  }

  /** The elements of a list of scalars; others are reported and left out. */
  public List<Scalar> scalars() {
    return list().orElse(List.of()).stream().flatMap(value -> value.scalar().stream()).toList();
  }

  /**
   * The elements of a list of mappings; others are reported and left out.
   *
   * @param keys that each of them may have
   */
  public List<YamlMapping> mappings(Keys keys) {
    return list().orElse(List.of()).stream()
        .flatMap(value -> value.mapping().stream())
        .map(mapping -> mapping.having(keys))
        .toList();
  }

  /** Reports that it is something else than {@code expected}. */
  public <T> Optional<T> unexpected(String expected) {
    problems.add(
        where(), ProblemCode.WRONG_SHAPE.found("%s is %s", label, describe()).expected(expected));
    return Optional.empty();
  }

  private String describe() {
    if (node instanceof ScalarNode scalar) {
      return isNull() ? "empty" : "'" + new Scalar(text, scalar, label, problems).shown() + "'";
    }
    return node instanceof SequenceNode ? "a list" : "a mapping";
  }
}
