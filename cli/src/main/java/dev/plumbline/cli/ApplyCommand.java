package dev.plumbline.cli;

import dev.plumbline.definition.Revision;
import dev.plumbline.registry.AppliedRevision;
import dev.plumbline.registry.RevisionRegistry.Outcome;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plumb apply}. */
@Command(
    name = "apply",
    description = "Make the definitions the newest registry revision, and show it to servers.",
    mixinStandardHelpOptions = true)
final class ApplyCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Override
  public Integer call() {
    try (Workspace workspace = options.open()) {
      CheckedDefinitions definitions =
          CheckedDefinitions.againstData(workspace.project(), workspace.clock());
      Revision revision = definitions.load();
      definitions.warn(workspace.console());
      Outcome outcome = workspace.apply(revision);
      AppliedRevision applied = workspace.applied();
      workspace.rawSchemas().record(applied.number(), definitions.seen());
      boolean changed = outcome instanceof Outcome.Applied;
      workspace
          .console()
          .result(
              "apply",
              () -> text(applied, changed),
              () ->
                  Console.json()
                      .put("revision", applied.number())
                      .put("fingerprint", applied.fingerprint())
                      .put("changed", changed));
      return 0;
    }
  }

  static String text(AppliedRevision applied, boolean changed) {
    return "Revision %d (%s) %s."
        .formatted(
            applied.number(),
            applied.fingerprint().substring(0, 12),
            changed ? "is applied and published" : "was applied before; nothing changed");
  }
}
