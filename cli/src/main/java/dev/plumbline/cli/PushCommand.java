package dev.plumbline.cli;

import dev.plumbline.definition.ViewId;
import dev.plumbline.offline.RunReport;
import dev.plumbline.offline.materialize.ViewRuns;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumb push}. */
@Command(
    name = "push",
    description =
        "Make the online store show the last run of views: after a backfill, or into a store that lost its data.",
    mixinStandardHelpOptions = true)
final class PushCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();
  @Mixin private ViewSelection selection = new ViewSelection();

  @Option(
      names = "--repair",
      description =
          "Compare every record with the log, and mend what differs: overwrite what is damaged or other, write what is absent, delete what the log does not have.")
  private boolean repair;

  @Option(
      names = "--dry-run",
      description = "With --repair: only report; exit code 7 if anything differs.")
  private boolean dryRun;

  @Override
  public Integer call() {
    selection.rejectContradiction();
    if (dryRun && !repair) {
      throw new UsageException("--dry-run without --repair (expected: both, to compare only)");
    }
    try (Workspace workspace = options.open()) {
      List<ViewId> selected = selection.of(workspace);
      ViewRuns runs = workspace.runs();
      EachView each = new EachView(workspace.console());
      List<RunReport> reports = each.run(selected, view -> work(runs, view));
      each.finish("push", "No view to publish.");
      return dryRun && reports.stream().anyMatch(PushCommand::differs) ? Failures.LAW_BROKEN : 0;
    }
  }

  private List<RunReport> work(ViewRuns runs, ViewId view) {
    if (dryRun) {
      return List.of(runs.compare(view));
    }
    return repair ? runs.repair(view) : List.of(runs.publish(view));
  }

  private static boolean differs(RunReport report) {
    return report instanceof RunReport.Repaired compared
        && (compared.differences().total() > 0
            || compared.outcome() == RunReport.Repaired.Outcome.COMPARED_UNPUBLISHED);
  }
}
