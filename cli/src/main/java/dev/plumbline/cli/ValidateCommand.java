package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cli.ProjectOptions.Format;
import dev.plumbline.definition.Complaint;
import dev.plumbline.definition.InvalidDefinitionsException;
import dev.plumbline.definition.Problem;
import dev.plumbline.definition.Revision;
import dev.plumbline.offline.source.DataCheck.Unchecked;
import dev.plumbline.project.Project;
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
    description = "Check the definitions, and their sources; every problem is shown at once.",
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
    Console console = new Console(report == Report.JSON ? Format.JSON : Format.TEXT);
    CheckedDefinitions definitions;
    try {
      definitions = definitions(choice.project());
    } catch (InvalidDefinitionsException e) { // of plumb.yaml
      return refuse(e, List.of(), console);
    }
    try {
      Revision revision = definitions.load();
      definitions.warn(console);
      console.result(
          "validate", () -> text(revision), () -> json(revision, definitions.unchecked()));
      return strict && !definitions.unchecked().isEmpty() ? Failures.UNAVAILABLE : 0;
    } catch (InvalidDefinitionsException e) {
      definitions.warn(console);
      return refuse(e, definitions.unchecked(), console);
    }
  }

  private CheckedDefinitions definitions(Project project) {
    return offline
        ? CheckedDefinitions.againstRecords(project, choice.clock(project))
        : CheckedDefinitions.againstData(project, choice.clock(project));
  }

  private int refuse(InvalidDefinitionsException e, List<Unchecked> unchecked, Console console) {
    Path folder = choice.folder();
    console.note(String.valueOf(e.getMessage()));
    console.result(
        "validate", () -> text(folder, e.problems()), () -> problems(e.problems(), unchecked));
    return Failures.INVALID;
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

  private static ObjectNode json(Revision revision, List<Unchecked> unchecked) {
    ObjectNode json = problems(List.of(), unchecked);
    json.put("project", revision.project());
    var views = json.putArray("views");
    revision.views().keySet().forEach(id -> views.add(id.toString()));
    return json;
  }

  private static ObjectNode problems(List<Problem> problems, List<Unchecked> unchecked) {
    ObjectNode json = Console.json().put("valid", problems.isEmpty());
    CheckedDefinitions.put(unchecked, json);
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
