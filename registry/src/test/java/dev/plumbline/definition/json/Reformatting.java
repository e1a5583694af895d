package dev.plumbline.definition.json;

import dev.plumbline.expression.Rewritten;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Definitions, written otherwise: in other files, in another order, in other styles of YAML, with
 * comments; durations, instants and expressions too.
 */
final class Reformatting {
  private static final Pattern DURATION = Pattern.compile("(\\d+)([dhms])");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][\\w]*(\\(\\*?\\))?");
  private static final Set<String> WORDS = Set.of("true", "false", "null");
  private static final Set<String> DURATIONS =
      Set.of("every", "availability_lag", "max_age", "window", "freshness");
  private static final Map<String, String> SAME_FUNCTION =
      Map.of("avg(", "mean(", "stddev(", "stddev_samp(", "nvl(", "coalesce(");

  private final Random random;

  Reformatting(Random random) {
    this.random = random;
  }

  /** From names of files to their texts. */
  SortedMap<String, String> of(String yaml) {
    List<String> documents = new ArrayList<>();
    for (Node node : new Compose(LoadSettings.builder().build()).composeAllFromString(yaml)) {
      documents.add(document((MappingNode) node));
    }
    Collections.shuffle(documents, random);
    SortedMap<String, String> files = new TreeMap<>();
    for (String document : documents) {
      String file = "definitions/%s.yaml".formatted("abcd".charAt(random.nextInt(4)));
      files.merge(file, document, (before, more) -> before + "---\n" + more);
    }
    return files;
  }

  private String document(MappingNode node) {
    String comment = random.nextBoolean() ? "# of somebody: {not, \"this\"}\n" : "";
    return comment + (random.nextInt(4) == 0 ? flow(node, node, "") + "\n" : block(node, node, 0));
  }

  private String block(MappingNode document, MappingNode mapping, int indent) {
    StringBuilder text = new StringBuilder();
    for (NodeTuple each : shuffled(mapping.getValue(), "")) {
      String key = ((ScalarNode) each.getKeyNode()).getValue();
      text.append(" ".repeat(indent)).append(quoted(key)).append(':');
      text.append(value(document, mapping, key, each.getValueNode(), indent));
    }
    return text.toString();
  }

  /** What follows the colon, to the end of the line or block. */
  private String value(
      MappingNode document, MappingNode parent, String key, Node value, int indent) {
    boolean flow = random.nextBoolean();
    if (!flow && value instanceof MappingNode inner && !inner.getValue().isEmpty()) {
      return end() + block(document, inner, indent + 2);
    }
    if (!flow && value instanceof SequenceNode list && !list.getValue().isEmpty()) {
      return end() + list(document, list, key, indent);
    }
    if (!flow && value instanceof ScalarNode scalar) {
      String text = text(document, parent, key, scalar);
      boolean literal = scalar.getTag().equals(Tag.STR) && text.matches("(?s)\\S.*\\S");
      if (literal && !text.contains("\t") && !text.matches("(?s).*\\n\\s.*")) {
        String margin = "\n" + " ".repeat(indent + 3);
        return " |-" + margin + text.replace("\n", margin) + "\n";
      }
    }
    return " " + flow(document, value, key, parent) + end();
  }

  private String list(MappingNode document, SequenceNode list, String key, int indent) {
    StringBuilder text = new StringBuilder();
    for (Node item : shuffled(list.getValue(), key)) {
      text.append(" ".repeat(indent)).append("- ");
      if (item instanceof MappingNode mapping && random.nextBoolean()) {
        text.append(block(document, mapping, indent + 2).stripLeading());
      } else {
        text.append(flow(document, item, key)).append(end());
      }
    }
    return text.toString();
  }

  private String end() {
    return switch (random.nextInt(5)) {
      case 0 -> "   # why: 'because'\n";
      case 1 -> "\n\n";
      default -> "\n";
    };
  }

  private String flow(MappingNode document, Node node, String key) {
    return flow(document, node, key, document);
  }

  private String flow(MappingNode document, Node node, String key, MappingNode parent) {
    if (node instanceof MappingNode mapping) {
      return shuffled(mapping.getValue(), "").stream()
          .map(
              each -> {
                String inner = ((ScalarNode) each.getKeyNode()).getValue();
                return quoted(inner) + ": " + flow(document, each.getValueNode(), inner, mapping);
              })
          .collect(Collectors.joining(random.nextBoolean() ? ", " : " ,  ", "{", "}"));
    }
    if (node instanceof SequenceNode list) {
      return shuffled(list.getValue(), key).stream()
          .map(each -> flow(document, each, key, parent))
          .collect(Collectors.joining(", ", "[ ", "]"));
    }
    ScalarNode scalar = (ScalarNode) node;
    return scalar.getTag().equals(Tag.STR)
        ? quoted(text(document, parent, key, scalar))
        : scalar.getValue();
  }

  /** The keys of an entity are the one list whose order means something to a view. */
  private <T> List<T> shuffled(List<T> list, String key) {
    List<T> shuffled = new ArrayList<>(list);
    if (!key.equals("keys")) {
      Collections.shuffle(shuffled, random);
    }
    return shuffled;
  }

  private String text(MappingNode document, MappingNode parent, String key, ScalarNode scalar) {
    String text = scalar.getValue();
    Matcher duration = DURATION.matcher(text);
    if (DURATIONS.contains(key) && duration.matches()) {
      return finer(Long.parseLong(duration.group(1)), duration.group(2));
    }
    if (key.equals("constant")) {
      return text.replace("T00:00:00Z", random.nextBoolean() ? "T01:00:00+01:00" : "T00:00:00Z");
    }
    if (key.equals("query")) {
      return has(document, "url") ? foreign(text) : Rewritten.words(text, random);
    }
    return key.equals("expr") ? expression(document, parent, text) : text;
  }

  private String finer(long number, String unit) {
    return switch (random.nextBoolean() ? unit : "") {
      case "d" -> number * 24 + "h";
      case "h" -> number * 60 + "m";
      case "m" -> number * 60 + "s";
      case "s" -> number * 1000 + "ms";
      default -> number + unit;
    };
  }

  private String expression(MappingNode document, MappingNode parent, String sql) {
    if (has(document, "source") && has(document, "format")) {
      return Rewritten.scalar(sql, random);
    }
    String renamed = sql;
    for (Map.Entry<String, String> each : SAME_FUNCTION.entrySet()) {
      renamed = random.nextBoolean() ? renamed.replace(each.getKey(), each.getValue()) : renamed;
    }
    return has(parent, "window")
        ? Rewritten.of(renamed, random)
        : Rewritten.scalar(renamed, random);
  }

  /** Gaps outside of quotes. */
  private String foreign(String sql) {
    String[] parts = sql.split("'", -1);
    for (int i = 0; i < parts.length; i += 2) {
      parts[i] =
          parts[i].replace(" ", List.of(" ", "\n", " /* a */ ", " -- b\n").get(random.nextInt(4)));
    }
    return String.join("'", parts);
  }

  private static boolean has(MappingNode mapping, String key) {
    return mapping.getValue().stream()
        .anyMatch(each -> ((ScalarNode) each.getKeyNode()).getValue().equals(key));
  }

  private String quoted(String text) {
    boolean oneLine = text.chars().noneMatch(each -> each < ' ');
    int style = random.nextInt(3);
    if (style == 0 && PLAIN.matcher(text).matches() && !WORDS.contains(text)) {
      return text;
    }
    return style == 1 && oneLine
        ? "'" + text.replace("'", "''") + "'"
        : '"'
            + text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
            + '"';
  }
}
