package dev.plumbline.cli;

import dev.plumbline.definition.ViewId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The feature views that a command works on. */
final class ViewSelection {
  @Parameters(
      arity = "0..*",
      paramLabel = "VIEW[@VERSION]",
      description = "Feature views; the newest version if none is named.")
  private List<String> views = new ArrayList<>();

  @Option(names = "--all", description = "All feature views that are not retired.")
  private boolean all;

  private final Set<ViewId> told = new HashSet<>();

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

  /** Those that are named, or all that are in use; it is told which are not. */
  List<ViewId> of(Workspace workspace) {
    return all
        ? workspace.views().stream().filter(view -> isInUse(view, workspace)).toList()
        : named(workspace);
  }

  /** Those that are named, or all. */
  List<ViewId> evenRetired(Workspace workspace) {
    return all ? workspace.views() : named(workspace);
  }

  private List<ViewId> named(Workspace workspace) {
    return views.stream().map(workspace::view).toList();
  }

  private boolean isInUse(ViewId view, Workspace workspace) {
    if (!workspace.isRetired(view)) {
      return true;
    }
    if (told.add(view)) {
      workspace
          .console()
          .note(
              "%s: is retired and passed over; who names it runs it all the same".formatted(view));
    }
    return false;
  }
}
