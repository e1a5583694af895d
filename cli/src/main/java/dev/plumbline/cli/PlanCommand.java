package dev.plumbline.cli;

import dev.plumbline.cli.ProjectOptions.Format;
import dev.plumbline.definition.InvalidDefinitionsException;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.json.RevisionJson;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.offline.source.SourceSize;
import dev.plumbline.plan.Plan;
import dev.plumbline.plan.Planner;
import dev.plumbline.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumb plan}. */
@Command(
    name = "plan",
    description = {
      "Tell what applying the definitions would change, for whom and at what cost; change nothing.",
      "Exit codes: 0 no changes, 8 changes, 9 breaking ones, which plumb apply refuses, 3 invalid definitions."
    },
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
  @Mixin private ProjectChoice choice = new ProjectChoice();

  @Option(
      names = "--format",
      description =
          "text, json, or markdown: a comment on a pull request; default: ${DEFAULT-VALUE}.",
      defaultValue = "text")
  private Form form = Form.TEXT;

  /** What goes to standard output. */
  enum Form {
    TEXT,
    JSON,
    MARKDOWN
  }

  @Option(
      names = "--base",
      paramLabel = "GIT_REF",
      description =
          "Compare with the definitions of another commit, such as origin/main, instead of the newest applied revision. Needs nothing but Git.")
  private @Nullable String base;

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      description = "Where backfills would begin; default: where that of the version before did.")
  private @Nullable Instant from;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Keep the plan as JSON, for plumb apply --plan FILE.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    if (base != null && out != null) {
      throw new UsageException(
          "--out with --base (expected: one; a plan that can be applied is one against the registry)");
    }
    Console console = new Console(form == Form.JSON ? Format.JSON : Format.TEXT);
    Project project = choice.project();
    try (Workspace workspace = new Workspace(project, choice.clock(project), console)) {
      PlanReport report = report(workspace);
      if (out != null) {
        keep(report, out);
      }
      console.result("plan", () -> text(report, console), () -> PlanJson.of(report));
      return report.exitCode();
    }
  }

  private String text(PlanReport report, Console console) {
    return form == Form.MARKDOWN ? PlanMarkdown.of(report) : console.broken(PlanText.of(report));
  }

  private PlanReport report(Workspace workspace) {
    Revision after = workspace.project().loadDefinitions();
    PlanBase against = base == null ? applied(workspace) : commit(workspace.project(), base);
    Plan plan = Planner.plan(against.revision(), after, against.published());
    PlanEstimates estimates =
        new PlanEstimates(
            against.revision(),
            after,
            workspace.clock().instant(),
            Optional.ofNullable(from),
            sources(workspace),
            evidence(workspace, against));
    return new PlanReport(
        against, after.project(), RevisionJson.fingerprint(after), plan, estimates.of(plan));
  }

  private static PlanBase applied(Workspace workspace) {
    return workspace
        .current()
        .<PlanBase>map(applied -> new PlanBase.Registry(applied, workspace.registry().published()))
        .orElseGet(PlanBase.Nothing::new);
  }

  private static PlanBase commit(Project project, String ref) {
    GitDefinitions.AtCommit there = new GitDefinitions(project.directory()).at(ref);
    try {
      Optional<Revision> revision =
          there.hasDefinitions()
              ? Optional.of(project.definitionsOf(there.files()))
              : Optional.empty();
      return new PlanBase.Commit(ref, there.commit(), revision);
    } catch (InvalidDefinitionsException e) {
      throw new InvalidException(
          "the definitions of the base %s (%s) are not valid, so that nothing can be compared with them; name another base, or plan against the registry:%n%s"
              .formatted(ref, there.commit(), e.getMessage()),
          e);
    }
  }

  private SourceSize sources(Workspace workspace) {
    return new SourceSize(
        new ProjectPlaces(workspace.project()),
        base == null ? Optional.of(() -> workspace.warehouse().spark()) : Optional.empty());
  }

  private static PlanEvidence evidence(Workspace workspace, PlanBase against) {
    if (against instanceof PlanBase.Registry registry) {
      return new StoredEvidence(workspace, registry.applied().revision());
    }
    return new PlanEvidence.Nowhere(
        against instanceof PlanBase.Commit
            ? "no store is asked with --base"
            : "nothing is applied yet");
  }

  private static void keep(PlanReport report, Path file) {
    try {
      Files.writeString(file, PlanJson.document(report) + "\n");
    } catch (IOException e) {
      throw new UnavailableException(
          "--out %s: cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }
}
