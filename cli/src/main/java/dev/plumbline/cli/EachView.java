package dev.plumbline.cli;

import dev.plumbline.definition.ViewId;
import dev.plumbline.offline.RunReport;
import dev.plumbline.offline.StorageFailures;
import dev.plumbline.offline.gate.GateFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The same work on several views: one that fails does not keep the others from being done. */
final class EachView {
  private final Console console;
  private final List<RunReport> reports = new ArrayList<>();
  private @Nullable RuntimeException worst;

  EachView(Console console) {
    this.console = console;
  }

  /** Does it for each of {@code views}; what was done so far is returned. */
  List<RunReport> run(List<ViewId> views, Function<ViewId, List<RunReport>> work) {
    for (ViewId view : views) {
      console.views(views.indexOf(view), views.size());
      try {
        Interruption.ofProcess().throwIfRequested();
        reports.addAll(StorageFailures.explained(() -> work.apply(view)));
      } catch (RuntimeException e) {
        failed(view, e, views.size());
        if (Interruption.ofProcess().isRequested()) {
          break;
        }
      }
    }
    return List.copyOf(reports);
  }

  private void failed(ViewId view, RuntimeException failure, int views) {
    if (failure instanceof GateFailedException gate) {
      reports.add(gate.report());
    }
    RuntimeException told = views == 1 ? failure : told(view, failure);
    if (worst == null) {
      worst = told;
    } else {
      worst.addSuppressed(failure);
    }
  }

  /** Of one of several views; which it was, and at once. */
  private ToldException told(ViewId view, RuntimeException failure) {
    String text = Failures.text(failure);
    console.ends();
    console.note(text.contains(view.toString()) ? text : view + ": " + text);
    return new ToldException(failure);
  }

  /**
   * Prints what was done; the first failure, if there was any, is the command's.
   *
   * @param none what to say if nothing was
   */
  void finish(String command, String none) {
    if (worst == null || !reports.isEmpty()) {
      RunReports.print(console, command, reports, none);
    }
    if (worst != null) {
      throw worst;
    }
  }
}
