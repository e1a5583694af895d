package dev.plumbline.cli;

import dev.plumbline.definition.ViewId;
import dev.plumbline.offline.RunReport;
import dev.plumbline.offline.materialize.ViewRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb push}. */
@Command(
    name = "push",
    description =
        "Make the online store show the last run of views: after a backfill, or into a store that lost its data.",
    mixinStandardHelpOptions = true)
final class PushCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Parameters(arity = "0..*", paramLabel = "VIEW[@VERSION]")
  private List<String> views = new ArrayList<>();

  @Option(names = "--all", description = "All feature views.")
  private boolean all;

  @Override
  public Integer call() {
    if (all == !views.isEmpty()) {
      throw new UsageException("name feature views, or pass --all");
    }
    try (Workspace workspace = options.open()) {
      List<ViewId> selected =
          all ? workspace.views() : views.stream().map(workspace::view).toList();
      ViewRuns runs = workspace.runs();
      List<RunReport> reports = new ArrayList<>();
      selected.forEach(view -> reports.add(runs.publish(view)));
      RunReports.print(workspace.console(), "push", reports);
      return 0;
    }
  }
}
