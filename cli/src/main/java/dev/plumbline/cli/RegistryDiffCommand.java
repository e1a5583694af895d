package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.plan.Plan;
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
      Plan plan = workspace.registry().diff(before, after);
      workspace.console().result("registry.diff", () -> text(plan), () -> json(plan));
      return 0;
    }
  }

  private String text(Plan plan) {
    return plan.changes().isEmpty()
        ? "Revisions %d and %d say the same.".formatted(before, after)
        : "From revision %d to %d:\n%s".formatted(before, after, PlanReports.text(plan));
  }

  private ObjectNode json(Plan plan) {
    ObjectNode json = Console.json().put("before", before).put("after", after);
    json.set("changes", PlanReports.json(plan));
    return json;
  }
}
