package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.discovery.Dependent;
import dev.plumbline.discovery.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What depends on something, drawn as a tree. */
final class UseTree {
  private UseTree() {}

  /** One line each; none for the root. */
  static List<String> lines(Dependent root) {
    List<String> lines = new ArrayList<>();
    draw(root, "", lines);
    return lines;
  }

  private static void draw(Dependent above, String indent, List<String> lines) {
    List<Dependent> all = above.dependents();
    for (int i = 0; i < all.size(); i++) {
      boolean last = i == all.size() - 1;
      lines.add(indent + (last ? "└─ " : "├─ ") + line(all.get(i)));
      draw(all.get(i), indent + (last ? "   " : "│  "), lines);
    }
  }

  private static String line(Dependent each) {
    String how = each.how().isEmpty() ? "" : "  (" + String.join("; ", each.how()) + ")";
    return kind(each) + " " + each.ref() + how + (each.repeated() ? " …" : "");
  }

  private static String kind(Dependent each) {
    return each.kind().equals(Dependent.DATASET_VERSION)
        ? "version"
        : Kind.valueOf(each.kind().toUpperCase(Locale.ROOT)).toString();
  }

  static ObjectNode json(Dependent each) {
    ObjectNode json = Console.json().put("kind", each.kind()).put("ref", each.ref());
    ArrayNode how = json.putArray("how");
    each.how().forEach(how::add);
    if (each.repeated()) {
      json.put("repeated", true);
    }
    ArrayNode below = json.putArray("used_by");
    each.dependents().forEach(dependent -> below.add(json(dependent)));
    return json;
  }
}
