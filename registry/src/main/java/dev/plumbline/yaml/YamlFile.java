package dev.plumbline.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * The documents of one file. Each is parsed alone, so that a slip in one hides nothing of the
 * others.
 */
public final class YamlFile {
  private final String name;
  private final String text;
  private final Problems problems;

  /**
   * A file of this text.
   *
   * @param name relative to the project, for messages
   */
  public YamlFile(String name, String text, Problems problems) {
    this.name = name;
    this.text = text;
    this.problems = problems;
  }

  /** A document, or what is left of one that is not YAML. */
  public sealed interface Document {
    /** One that could be read. */
    record Parsed(YamlMapping content) implements Document {}

    /** One that could not, which has been reported. */
    record Unreadable(String text) implements Document {}
  }

  /** All documents that are not empty, in order; what is wrong with them goes to the problems. */
  public List<Document> documents() {
    List<Document> documents = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    int line = 0;
    for (String each : text.split("\r?\n|\r", -1)) {
      if (each.matches("---(\\s.*)?")) {
        parse(current.toString()).ifPresent(documents::add);
        current = new StringBuilder("\n".repeat(line));
      }
      current.append(each).append('\n');
      line++;
    }
    parse(current.toString()).ifPresent(documents::add);
    return documents;
  }

  /** The lines before the document are blank, so that every mark is that of the file. */
  private Optional<Document> parse(String document) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setSchema(new CoreSchema())
            .setCodePointLimit(Integer.MAX_VALUE)
            .build();
    try {
      Optional<Node> node = new Compose(settings).composeString(document);
      return node.map(
          root ->
              new YamlValue(new YamlText(name, document), root, "a document", problems)
                  .mapping()
                  .<Document>map(Document.Parsed::new)
                  .orElseGet(() -> new Document.Unreadable(document)));
    } catch (MarkedYamlEngineException e) {
      problems.add(where(e.getProblemMark()), syntax(e.getProblem(), document, e.getProblemMark()));
    } catch (YamlEngineException e) {
      problems.add(
          where(Optional.empty()), "not YAML: " + firstLine(String.valueOf(e.getMessage())));
    }
    return Optional.of(new Document.Unreadable(document));
  }

  private Where where(Optional<Mark> mark) {
    return mark.map(at -> new Where(name, at.getLine() + 1, at.getColumn() + 1))
        .orElseGet(() -> new Where(name, 1, 1));
  }

  private static String syntax(String problem, String document, Optional<Mark> mark) {
    boolean tab =
        mark.map(at -> at.getLine() < document.lines().count()).filter(inside -> inside).isPresent()
            && document.lines().toList().get(mark.orElseThrow().getLine()).matches("[ ]*\t.*");
    return tab
        ? "a tab (expected: spaces; YAML is indented with spaces alone); replace it"
        : "not YAML: " + firstLine(problem);
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }
}
