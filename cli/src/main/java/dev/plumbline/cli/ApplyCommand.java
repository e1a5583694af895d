package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.definition.Revision;
import dev.plumbline.registry.BaseRevision;
import dev.plumbline.registry.RevisionRegistry.Outcome;
import dev.plumbline.registry.ShortHash;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumb apply}. */
@Command(
    name = "apply",
    description = {
      "Make the definitions the newest registry revision, and show it to servers.",
      "Refused if somebody else applied another one meanwhile (exit code 4), or if who reads a definition now would read something else, or nothing (exit code 9)."
    },
    mixinStandardHelpOptions = true)
final class ApplyCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description =
          "Apply what plumb plan --out FILE has shown, and nothing else: refused (exit code 4) if the registry or the definitions are others by now.")
  private @Nullable Path plan;

  @Override
  public Integer call() {
    try (Workspace workspace = options.open()) {
      Outcome outcome = apply(workspace);
      print("apply", outcome, workspace);
      return 0;
    }
  }

  private Outcome apply(Workspace workspace) {
    Optional<PlanFile> planned = Optional.ofNullable(plan).map(PlanFile::read);
    CheckedDefinitions definitions =
        CheckedDefinitions.againstData(workspace.project(), workspace.clock());
    Revision revision = definitions.load();
    definitions.warn(workspace.console());
    planned.ifPresent(file -> file.requireSame(revision));
    BaseRevision base = planned.map(PlanFile::base).orElseGet(workspace::base);
    return workspace.apply(revision, base, definitions.seen());
  }

  /** What changed, and which revision that is. */
  static void print(String command, Outcome outcome, Workspace workspace) {
    Optional<PlanReport> report =
        outcome instanceof Outcome.Applied changed
            ? Optional.of(new PlanReports(workspace).of(changed.current(), changed.plan()))
            : Optional.empty();
    Console console = workspace.console();
    console.result(
        command, () -> console.broken(text(outcome, report)), () -> json(outcome, report));
  }

  /** Of the first revision everything is new, which nobody needs to read. */
  private static String text(Outcome outcome, Optional<PlanReport> report) {
    return report
        .filter(changes -> outcome.current().number() > 1)
        .map(changes -> PlanText.of(changes) + "\n\n" + line(outcome))
        .orElseGet(() -> line(outcome));
  }

  static String line(Outcome outcome) {
    return "Revision %d (%s) %s."
        .formatted(
            outcome.current().number(),
            ShortHash.of(outcome.current().fingerprint()),
            outcome instanceof Outcome.Applied
                ? "is applied and published"
                : "was applied before; nothing changed");
  }

  private static ObjectNode json(Outcome outcome, Optional<PlanReport> report) {
    ObjectNode json =
        Console.json()
            .put("revision", outcome.current().number())
            .put("fingerprint", outcome.current().fingerprint())
            .put("changed", report.isPresent());
    json.set(
        "changes",
        report
            .map(changes -> PlanJson.of(changes).path("changes"))
            .orElseGet(() -> Console.json().arrayNode()));
    return json;
  }
}
