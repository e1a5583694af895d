package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.definition.InvalidDefinitionsException;
import dev.plumbline.definition.Problem;
import dev.plumbline.definition.Revision;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plumb validate}. */
@Command(
    name = "validate",
    description = "Check the definitions; every problem is shown at once.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Override
  public Integer call() {
    Console console = options.console();
    try {
      Revision revision = options.project().loadDefinitions();
      console.result("validate", () -> text(revision), () -> json(revision, List.of()));
      return 0;
    } catch (InvalidDefinitionsException e) {
      console.note(String.valueOf(e.getMessage()));
      console.result(
          "validate",
          () -> e.problems().size() + (e.problems().size() == 1 ? " problem" : " problems"),
          () -> problems(e.problems()));
      return Failures.INVALID;
    }
  }

  static String text(Revision revision) {
    return "The definitions of '%s' are valid: %d entities, %d sources, %d feature views, %d on-demand views, %d services, %d datasets."
        .formatted(
            revision.project(),
            revision.entities().size(),
            revision.sources().size(),
            revision.views().size(),
            revision.onDemandViews().size(),
            revision.services().size(),
            revision.datasets().size());
  }

  private static ObjectNode json(Revision revision, List<Problem> problems) {
    ObjectNode json = problems(problems);
    json.put("project", revision.project());
    var views = json.putArray("views");
    revision.views().keySet().forEach(id -> views.add(id.toString()));
    return json;
  }

  private static ObjectNode problems(List<Problem> problems) {
    ObjectNode json = Console.json().put("valid", problems.isEmpty());
    var list = json.putArray("problems");
    for (Problem problem : problems) {
      list.addObject()
          .put("file", problem.file())
          .put("line", problem.line())
          .put("column", problem.column())
          .put("message", problem.message());
    }
    return json;
  }
}
