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
    return ProblemCode.NOT_YAML
        .found("not YAML: %s", firstLine(e.getProblem()))
        .remedy(remedy(e, places));
  }

  private static String remedy(MarkedYamlEngineException e, YamlText places) {
    Where begin = places.at(e.getContextMark());
    String context = String.valueOf(e.getContext());
    if (e.getProblem().contains("cannot start any token")) {
      return "put the value in quotes";
    }
    if (context.contains("flow") && !e.getContextMark().equals(e.getProblemMark())) {
      return "close the bracket of line %d, column %d, and put a value with a comma, a bracket or a quote in double quotes"
          .formatted(begin.line(), begin.column());
    }
    if (context.contains("quoted scalar")) {
      return "see the text in quotes that begins on line %d, column %d"
          .formatted(begin.line(), begin.column());
    }
    return "see how this line and those before are indented, and quote a text with ': ' or ' #' in it";
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
