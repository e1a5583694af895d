package dev.plumbline.yaml;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Writes YAML as people write definitions: what is deepest stands on one line, {@code {a: b}}, all
 * else on lines of its own.
 */
public final class YamlDump {
  private YamlDump() {}

  /** A number, a boolean or anything else that is not quoted, whatever YAML takes it for. */
  public record Plain(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * A document.
   *
   * @param width of a line, where it can be broken
   * @param document maps in the order of their keys, lists, texts, and what is written {@link
   *     Plain}
   */
  public static String write(int width, Map<String, ?> document) {
    DumpSettings settings =
        DumpSettings.builder()
            .setSchema(new CoreSchema())
            .setWidth(width)
            .setIndent(4)
            .setIndicatorIndent(2)
            .build();
    Text text = new Text();
    new Dump(settings).dumpNode(mapping(document, FlowStyle.BLOCK), text);
    return text.toString();
  }

  private static Node node(Object value) {
    if (value instanceof Map<?, ?> map) {
      return mapping(map, isFlat(map) ? FlowStyle.FLOW : FlowStyle.BLOCK);
    }
    if (value instanceof List<?> list) {
      boolean flat = list.stream().noneMatch(each -> isNested(each) || needsQuotes(each));
      List<Node> nodes = new ArrayList<>();
      list.forEach(each -> nodes.add(element(each)));
      return new SequenceNode(Tag.SEQ, nodes, flat ? FlowStyle.FLOW : FlowStyle.BLOCK);
    }
    return scalar(value);
  }

  /** One key alone needs no braces. */
  private static Node element(Object value) {
    return value instanceof Map<?, ?> map && map.size() == 1
        ? mapping(map, FlowStyle.BLOCK)
        : node(value);
  }

  private static MappingNode mapping(Map<?, ?> map, FlowStyle style) {
    List<NodeTuple> tuples = new ArrayList<>();
    map.forEach((key, value) -> tuples.add(new NodeTuple(scalar(key), node(value))));
    return new MappingNode(Tag.MAP, tuples, style);
  }

  /** A text is quoted where YAML would take it for something else. */
  private static ScalarNode scalar(Object value) {
    String text = value.toString();
    Tag tag =
        value instanceof Plain ? new CoreSchema().getScalarResolver().resolve(text, true) : Tag.STR;
    return new ScalarNode(tag, text, ScalarStyle.PLAIN);
  }

  private static boolean isFlat(Map<?, ?> map) {
    return map.keySet().stream().noneMatch(YamlDump::needsQuotes)
        && map.values().stream().allMatch(value -> !isNested(value) || isInner(value));
  }

  /** Short enough to stand within a line. */
  private static boolean isInner(Object value) {
    return value instanceof Map<?, ?> map
        && map.values().stream().noneMatch(YamlDump::isNested)
        && map.keySet().stream().noneMatch(YamlDump::needsQuotes);
  }

  private static boolean isNested(Object value) {
    return value instanceof Map || value instanceof List;
  }

  /** References, which would be quoted between brackets. */
  private static boolean needsQuotes(Object value) {
    return value instanceof String text && text.indexOf(':') >= 0;
  }

  private static final class Text extends StringWriter implements StreamDataWriter {}
}
