package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.definition.Revision;
import dev.plumbline.registry.AppliedRevision;
import dev.plumbline.registry.RevisionRegistry.Outcome;
import java.nio.file.Path;
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
      workspace.console().result("apply", () -> text(outcome), () -> json(outcome));
      return 0;
    }
  }

  private Outcome apply(Workspace workspace) {
    if (plan == null) {
      return workspace.apply(workspace.project().loadDefinitions());
    }
    PlanFile planned = PlanFile.read(plan);
    Revision revision = workspace.project().loadDefinitions();
    planned.requireSame(revision);
    return workspace.apply(revision, planned.base());
  }

  /** The revision, and what changed with it; of the first that is everything. */
  static String text(Outcome outcome) {
    AppliedRevision applied = outcome.current();
    String verdict =
        "Revision %d (%s) %s."
            .formatted(
                applied.number(),
                ManifestText.shortened(applied.fingerprint()),
                outcome instanceof Outcome.Applied
                    ? "is applied and published"
                    : "was applied before; nothing changed");
    return outcome instanceof Outcome.Applied changed
            && applied.number() > 1
            && !changed.plan().changes().isEmpty()
        ? verdict + "\n" + PlanReports.text(changed.plan())
        : verdict;
  }

  static ObjectNode json(Outcome outcome) {
    ObjectNode json =
        Console.json()
            .put("revision", outcome.current().number())
            .put("fingerprint", outcome.current().fingerprint())
            .put("changed", outcome instanceof Outcome.Applied);
    json.set(
        "changes",
        outcome instanceof Outcome.Applied changed
            ? PlanReports.json(changed.plan())
            : Console.json().arrayNode());
    return json;
  }
}
