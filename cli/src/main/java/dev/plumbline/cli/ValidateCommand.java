package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.definition.InvalidDefinitionsException;
import dev.plumbline.definition.Problem;
import dev.plumbline.definition.Revision;
import dev.plumbline.project.Project;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumb validate}. */
@Command(
    name = "validate",
    description = "Check the definitions, and their sources; every problem is shown at once.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Option(
      names = "--offline",
      description =
          "Hold sources against the columns that the last apply has recorded, and touch none of them.")
  private boolean offline;

  @Option(
      names = "--strict",
      description = "Fail, with 6, if a source could not be checked; otherwise it is a warning.")
  private boolean strict;

  @Override
  public Integer call() {
    Console console = options.console();
    CheckedDefinitions definitions = definitions(options.project());
    try {
      Revision revision = definitions.load();
      definitions.warn(console);
      console.result(
          "validate", () -> text(revision), () -> json(revision, List.of(), definitions));
      return strict && !definitions.unchecked().isEmpty() ? Failures.UNAVAILABLE : 0;
    } catch (InvalidDefinitionsException e) {
      definitions.warn(console);
      console.note(String.valueOf(e.getMessage()));
      console.result(
          "validate",
          () -> counted(e.problems().size(), "problem", "problems"),
          () -> problems(e.problems(), definitions));
      return Failures.INVALID;
    }
  }

  private CheckedDefinitions definitions(Project project) {
    return offline
        ? CheckedDefinitions.againstRecords(project, options.clock(project))
        : CheckedDefinitions.againstData(project, options.clock(project));
  }

  static String text(Revision revision) {
    return "The definitions of '%s' are valid: %s."
        .formatted(
            revision.project(),
            String.join(
                ", ",
                counted(revision.entities().size(), "entity", "entities"),
                counted(revision.sources().size(), "source", "sources"),
                counted(revision.views().size(), "feature view", "feature views"),
                counted(revision.onDemandViews().size(), "on-demand view", "on-demand views"),
                counted(revision.services().size(), "service", "services"),
                counted(revision.datasets().size(), "dataset", "datasets")));
  }

  private static String counted(int count, String one, String more) {
    return count + " " + (count == 1 ? one : more);
  }

  private static ObjectNode json(
      Revision revision, List<Problem> problems, CheckedDefinitions definitions) {
    ObjectNode json = problems(problems, definitions);
    json.put("project", revision.project());
    var views = json.putArray("views");
    revision.views().keySet().forEach(id -> views.add(id.toString()));
    return json;
  }

  private static ObjectNode problems(List<Problem> problems, CheckedDefinitions definitions) {
    ObjectNode json = Console.json().put("valid", problems.isEmpty());
    definitions.put(json);
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
