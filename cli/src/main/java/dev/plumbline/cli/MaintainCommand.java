package dev.plumbline.cli;

import dev.plumbline.definition.ViewId;
import dev.plumbline.offline.RunReport;
import dev.plumbline.offline.maintain.ViewMaintenance;
import dev.plumbline.offline.materialize.ViewRuns;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumb maintain}. */
@Command(
    name = "maintain",
    description = {
      "Tidy up the tables of views: put small files together, forget old snapshots, remove files of no snapshot.",
      "No row changes by it, which is checked. Datasets can be built again as they were."
    },
    mixinStandardHelpOptions = true)
final class MaintainCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();
  @Mixin private ViewSelection selection = new ViewSelection();

  @Option(names = "--dry-run", description = "Only tell what would be done.")
  private boolean dryRun;

  @Option(
      names = "--keep",
      paramLabel = "DURATION",
      defaultValue = "1d",
      description =
          "How long readers may go on with what they began with, by the machine's clock; default: ${DEFAULT-VALUE}. Younger files are left alone.")
  private String keep = "1d";

  @Override
  public Integer call() {
    selection.rejectContradiction();
    var kept = Durations.parse("--keep", keep);
    try (Workspace workspace = options.open()) {
      List<ViewId> selected = selection.evenRetired(workspace);
      ViewRuns runs = workspace.runs();
      ViewMaintenance maintenance = workspace.maintenance(kept);
      EachView each = new EachView(workspace.console());
      each.run(selected, view -> work(runs, view, maintenance));
      each.finish("maintain", "Nothing to do: no view has a table yet.");
      return 0;
    }
  }

  private List<RunReport> work(ViewRuns runs, ViewId view, ViewMaintenance maintenance) {
    Optional<RunReport.Maintained> report =
        dryRun ? runs.planMaintenance(view, maintenance) : runs.maintain(view, maintenance);
    return report.stream().<RunReport>map(done -> done).toList();
  }
}
