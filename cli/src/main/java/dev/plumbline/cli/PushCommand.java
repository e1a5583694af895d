package dev.plumbline.cli;

import dev.plumbline.definition.ViewId;
import dev.plumbline.offline.materialize.ViewRuns;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plumb push}. */
@Command(
    name = "push",
    description =
        "Make the online store show the last run of views: after a backfill, or into a store that lost its data.",
    mixinStandardHelpOptions = true)
final class PushCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();
  @Mixin private ViewSelection selection = new ViewSelection();

  @Override
  public Integer call() {
    selection.rejectContradiction();
    try (Workspace workspace = options.open()) {
      List<ViewId> selected = selection.of(workspace);
      ViewRuns runs = workspace.runs();
      EachView each = new EachView(workspace.console());
      each.run(selected, view -> List.of(runs.publish(view)));
      each.finish("push");
      return 0;
    }
  }
}
