package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cli.ProjectOptions.Format;
import dev.plumbline.definition.Complaint;
import dev.plumbline.definition.InvalidDefinitionsException;
import dev.plumbline.definition.Problem;
import dev.plumbline.definition.Revision;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
    Console console = options.console(Set.of(Format.TEXT, Format.JSON, Format.GITHUB));
    try {
      Revision revision = options.project().loadDefinitions();
      console.result("validate", () -> text(revision), () -> json(revision, List.of()));
      return 0;
    } catch (InvalidDefinitionsException e) {
      console.note(String.valueOf(e.getMessage()));
      console.result(
          "validate",
          () ->
              options.format() == Format.GITHUB
                  ? annotations(e.problems())
                  : counted(e.problems().size(), "problem", "problems"),
          () -> problems(e.problems()));
      return Failures.INVALID;
    }
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

  /** A workflow command for each, by which GitHub shows it at its line of the pull request. */
  private static String annotations(List<Problem> problems) {
    return problems.stream()
        .map(
            problem ->
                "::error file=%s,line=%d,col=%d::%s"
                    .formatted(
                        data(problem.file()).replace(":", "%3A").replace(",", "%2C"),
                        problem.line(),
                        problem.column(),
                        data(problem.complaint().toString())))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String counted(int count, String one, String more) {
    return count + " " + (count == 1 ? one : more);
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
      Complaint complaint = problem.complaint();
      ObjectNode one =
          list.addObject()
              .put("file", problem.file())
              .put("line", problem.line())
              .put("column", problem.column())
              .put("code", complaint.code().code())
              .put("found", complaint.found());
      complaint.expected().ifPresent(expected -> one.put("expected", expected));
      complaint.remedy().ifPresent(remedy -> one.put("remedy", remedy));
    }
    return json;
  }
}
