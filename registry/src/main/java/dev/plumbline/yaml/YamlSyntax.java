package dev.plumbline.yaml;

import dev.plumbline.definition.Complaint;
import dev.plumbline.definition.ProblemCode;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** What the parser says of a text that is not YAML, in the words of who wrote it. */
final class YamlSyntax {
  private static final Pattern TAB_INDENT = Pattern.compile(" *\t.*");

  private YamlSyntax() {}

  static Complaint complaint(MarkedYamlEngineException e, String document, YamlText places) {
    if (isTab(document, e.getProblemMark())) {
      return ProblemCode.NOT_YAML
          .found("a tab")
          .expected("spaces; YAML is indented with spaces alone")
          .remedy("replace it");
    }
    Complaint found = ProblemCode.NOT_YAML.found("not YAML: %s", firstLine(e.getProblem()));
    Where begin = places.at(e.getContextMark());
    return e.getContextMark().isPresent()
        ? found.remedy("see what begins on line %d, column %d", begin.line(), begin.column())
        : found.remedy("see this line and the one before; quote a text with ': ' or ' #' in it");
  }

  private static boolean isTab(String document, Optional<Mark> mark) {
    return mark.flatMap(at -> document.lines().skip(at.getLine()).findFirst())
        .filter(line -> TAB_INDENT.matcher(line).matches())
        .isPresent();
  }

  static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }
}
