package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cli.ProjectOptions.Format;
import dev.plumbline.definition.Complaint;
import dev.plumbline.definition.InvalidDefinitionsException;
import dev.plumbline.definition.Problem;
import dev.plumbline.definition.Revision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumb validate}. */
@Command(
    name = "validate",
    description = "Check the definitions; every problem is shown at once.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  @Mixin private ProjectChoice choice = new ProjectChoice();

  @Option(
      names = "--format",
      description =
          "text, json, or github: annotations of a pull request; default: ${DEFAULT-VALUE}.",
      defaultValue = "text")
  private Report report = Report.TEXT;

  /** What goes to standard output. */
  enum Report {
    TEXT,
    JSON,
    GITHUB
  }

  @Override
  public Integer call() {
    Console console = new Console(report == Report.JSON ? Format.JSON : Format.TEXT);
    Path folder = choice.folder();
    try {
      Revision revision = choice.project().loadDefinitions();
      console.result("validate", () -> text(revision), () -> json(revision, List.of()));
      return 0;
    } catch (InvalidDefinitionsException e) {
      console.note(String.valueOf(e.getMessage()));
      console.result("validate", () -> text(folder, e.problems()), () -> problems(e.problems()));
      return Failures.INVALID;
    }
  }

  private String text(Path folder, List<Problem> problems) {
    Optional<String> repository = Optional.ofNullable(System.getenv(GithubAnnotations.WORKSPACE));
    return report == Report.GITHUB
        ? new GithubAnnotations(folder, repository).of(problems)
        : counted(problems.size(), "problem", "problems");
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
              .put("message", complaint.text())
              .put("found", complaint.found());
      complaint.expected().ifPresent(expected -> one.put("expected", expected));
      complaint.remedy().ifPresent(remedy -> one.put("remedy", remedy));
    }
    return json;
  }
}
