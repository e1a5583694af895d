package dev.plumbline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plumb demo}: the whole journey on the bundled flights. */
@Command(
    name = "demo",
    description =
        "From definitions to a feature vector over gRPC, on real flights; then check the law. Safe to run again.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Override
  public Integer call() {
    try (Workspace workspace = options.open()) {
      Console console = workspace.console();
      console.note(
          "Plumbline on flights of 2001, with the clock at " + workspace.clock().instant() + "\n");
      Steps steps = new Steps(console);
      DemoJourney.Outcomes outcomes = new DemoJourney(workspace, steps).travel();
      console.result(
          "demo",
          () -> DemoReport.text(workspace, outcomes, steps.total()),
          () -> DemoReport.json(outcomes));
      return DemoReport.isConvincing(outcomes) ? 0 : Failures.LAW_BROKEN;
    }
  }
}
