package dev.plumbline.yaml;

import dev.plumbline.definition.Complaint;
import dev.plumbline.definition.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * The documents of one file. Each is parsed alone, so that a slip in one hides nothing of the
 * others.
 */
public final class YamlFile {
  /** Of one file. */
  private static final int MOST_DOCUMENTS = 10_000;

  private static final Pattern LINE_END = Pattern.compile("\r?\n|\r");
  private static final Pattern DIRECTIVE = Pattern.compile("\\s*%(YAML|TAG)\\b");
  private static final Pattern SEPARATOR = Pattern.compile("---(\\s.*)?");
  private static final String BYTE_ORDER_MARK = "\uFEFF";

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

    /**
     * One that could not, which has been reported.
     *
     * @param firstLine that of its text in the file, from 1
     */
    record Unreadable(String text, int firstLine) implements Document {}
  }

  /** All documents that are not empty, in order; what is wrong with them goes to the problems. */
  public List<Document> documents() {
    List<Document> documents = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    int first = 1;
    int line = 1;
    int separators = 0;
    for (String each : LINE_END.split(withoutMark(), -1)) {
      if (SEPARATOR.matcher(each).matches()) {
        parse(current.toString(), first).ifPresent(documents::add);
        current.setLength(0);
        first = line;
        if (++separators > MOST_DOCUMENTS) {
          problems.add(new Where(name, line, 1), tooMany());
          return documents;
        }
      }
      current.append(each).append('\n');
      line++;
    }
    parse(current.toString(), first).ifPresent(documents::add);
    return documents;
  }

  private static Complaint tooMany() {
    return ProblemCode.TOO_MANY_DOCUMENTS
        .found("more documents than are read")
        .expected("at most %,d in a file", MOST_DOCUMENTS)
        .remedy("cut it into several files");
  }

  private String withoutMark() {
    if (!text.startsWith(BYTE_ORDER_MARK)) {
      return text;
    }
    problems.add(
        new Where(name, 1, 1),
        ProblemCode.BAD_CHARACTER
            .found("begins with a byte order mark, which is not seen")
            .remedy("save the file as UTF-8 without one"));
    return text.substring(BYTE_ORDER_MARK.length());
  }

  private Optional<Document> parse(String document, int firstLine) {
    YamlText places = new YamlText(name, document, firstLine);
    LoadSettings settings = settings(document);
    Document unreadable = new Document.Unreadable(document, firstLine);
    if (DIRECTIVE.matcher(document).lookingAt()) {
      problems.add(new Where(name, firstLine, 1), directive());
      return Optional.of(unreadable);
    }
    try {
      boolean sound =
          YamlCharacters.check(document, places, problems)
              && new YamlLimits(places, problems).hold(new Parse(settings).parseString(document));
      return sound ? compose(settings, document, places, unreadable) : Optional.of(unreadable);
    } catch (MarkedYamlEngineException e) {
      problems.add(places.at(e.getProblemMark()), YamlSyntax.complaint(e, document, places));
    } catch (YamlEngineException e) {
      problems.add(
          places.at(Optional.empty()),
          ProblemCode.NOT_YAML.found(
              "not YAML: %s", YamlSyntax.firstLine(String.valueOf(e.getMessage()))));
    }
    return Optional.of(unreadable);
  }

  /** The buffer holds the whole text: the parser fails on a pair of surrogates at its end. */
  private LoadSettings settings(String document) {
    return LoadSettings.builder()
        .setLabel(name)
        .setSchema(new CoreSchema())
        .setCodePointLimit(Integer.MAX_VALUE)
        .setBufferSize(document.length() + 2)
        .build();
  }

  private static Complaint directive() {
    return ProblemCode.YAML_TAG.found("a directive of YAML").remedy("remove its line");
  }

  private Optional<Document> compose(
      LoadSettings settings, String document, YamlText places, Document unreadable) {
    return new Compose(settings)
        .composeString(document)
        .filter(root -> !root.getTag().equals(Tag.NULL))
        .map(
            root ->
                new YamlValue(places, root, "a document", problems)
                    .mapping()
                    .<Document>map(Document.Parsed::new)
                    .orElse(unreadable));
  }
}
