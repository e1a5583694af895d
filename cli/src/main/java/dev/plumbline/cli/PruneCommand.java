package dev.plumbline.cli;

import dev.plumbline.definition.ViewId;
import dev.plumbline.offline.prune.Leftovers;
import dev.plumbline.offline.prune.VersionPruning;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb prune}. */
@Command(
    name = "prune",
    description = {
      "Show what versions of feature views still occupy that the newest revision does not have any more; with --yes, delete it.",
      "A version whose data was deleted never comes back. What was stopped is ended by the same command."
    },
    mixinStandardHelpOptions = true)
final class PruneCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Parameters(
      arity = "0..*",
      paramLabel = "VIEW@VERSION",
      description = "Versions; default: all of which something may be left.")
  private List<String> versions = new ArrayList<>();

  @Option(names = "--yes", description = "Delete it.")
  private boolean yes;

  @Override
  public Integer call() {
    List<ViewId> named = versions.stream().map(PruneCommand::version).toList();
    try (Workspace workspace = options.open()) {
      List<ViewId> ids = named.isEmpty() ? all(workspace) : named;
      ids.forEach(workspace.removed()::load); // so that a wrong one is told before any is deleted
      LeftoverReports.Fate fate = yes ? LeftoverReports.Fate.DELETED : LeftoverReports.Fate.KEPT;
      List<Leftovers> leftovers = ids.isEmpty() ? List.of() : work(ids, workspace);
      workspace
          .console()
          .result(
              "prune",
              () -> LeftoverReports.text(leftovers, fate),
              () -> LeftoverReports.json(leftovers, fate));
      return 0;
    }
  }

  private static List<ViewId> all(Workspace workspace) {
    return workspace.removed().unfinished().stream().map(each -> each.view().id()).toList();
  }

  private List<Leftovers> work(List<ViewId> ids, Workspace workspace) {
    VersionPruning pruning = workspace.pruning();
    List<Leftovers> leftovers = new ArrayList<>();
    for (ViewId id : ids) {
      Interruption.ofProcess().throwIfRequested();
      leftovers.add(yes ? pruning.prune(id, workspace.applicant()) : pruning.look(id));
    }
    return leftovers;
  }

  private static ViewId version(String text) {
    return ViewId.parse(text)
        .orElseThrow(
            () ->
                new UsageException(
                    "'%s' (expected: VIEW@VERSION, such as customer_orders@1)".formatted(text)));
  }
}
