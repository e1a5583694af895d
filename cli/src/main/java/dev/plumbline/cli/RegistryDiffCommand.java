package dev.plumbline.cli;

import dev.plumbline.registry.RevisionRegistry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plumb registry diff}. */
@Command(
    name = "diff",
    description = "What differs between two revisions, as plumb plan tells it.",
    mixinStandardHelpOptions = true)
final class RegistryDiffCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Parameters(index = "0", paramLabel = "N", description = "Number of one revision.")
  private int before;

  @Parameters(index = "1", paramLabel = "M", description = "Number of another one.")
  private int after;

  @Override
  public Integer call() {
    try (Workspace workspace = options.open()) {
      PlanReport report = report(workspace);
      Console console = workspace.console();
      console.result(
          "registry.diff", () -> console.broken(PlanText.of(report)), () -> PlanJson.of(report));
      return 0;
    }
  }

  private PlanReport report(Workspace workspace) {
    RevisionRegistry registry = workspace.registry();
    return new PlanReports(workspace)
        .between(registry.load(before), registry.load(after), registry.diff(before, after));
  }
}
