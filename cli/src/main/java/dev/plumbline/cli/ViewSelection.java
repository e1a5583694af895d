package dev.plumbline.cli;

import dev.plumbline.definition.ViewId;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The feature views that a command works on. */
final class ViewSelection {
  @Parameters(
      arity = "0..*",
      paramLabel = "VIEW[@VERSION]",
      description = "Feature views; the newest version if none is named.")
  private List<String> views = new ArrayList<>();

  @Option(names = "--all", description = "All feature views.")
  private boolean all;

  /** Before anything is opened: whether it is clear which views are meant. */
  void rejectContradiction() {
    if (all == !views.isEmpty()) {
      throw new UsageException("name feature views, or pass --all");
    }
  }

  /** Whether all views are meant, those of later revisions too. */
  boolean isAll() {
    return all;
  }

  List<ViewId> of(Workspace workspace) {
    return all ? workspace.views() : views.stream().map(workspace::view).toList();
  }
}
