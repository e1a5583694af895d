package dev.plumbline.cli;

import dev.plumbline.definition.ViewId;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.offline.RunReport;
import dev.plumbline.offline.StorageFailures;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumb run}. */
@Command(
    name = "run",
    description = {
      "Keep feature views up to date on this machine, until stopped.",
      "Computes and publishes each view's refreshes as they fall due; one that fails is tried again, after a while, and does not keep the others. A view that was never run is left alone: begin it with materialize. A frozen clock: what is due is done, and the command ends."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Mixin private ViewSelection selection = new ViewSelection();

  @Option(names = "--once", description = "Do what is due now, and end.")
  private boolean once;

  @Option(
      names = "--every-check",
      paramLabel = "DURATION",
      description =
          "How often to look for a new revision, or for runs that somebody else made; default: ${DEFAULT-VALUE}.",
      defaultValue = "1m")
  private String everyCheck = "1m";

  @Option(
      names = "--lookback",
      paramLabel = "N",
      description = "How many earlier refreshes a live run corrects.")
  private @Nullable Integer lookback;

  @Override
  public Integer call() {
    selection.rejectContradiction();
    if (lookback != null && lookback < 0) {
      throw new UsageException("--lookback %d (expected: 0 or more)".formatted(lookback));
    }
    Duration check = Durations.parsePositive("--every-check", everyCheck);
    Interruption interruption = Interruption.ofProcess();
    interruption.watchSignals();
    try (Workspace workspace = options.open()) {
      List<ViewId> named = selection.of(workspace);
      boolean isOnce = once || workspace.clock().frozenAt().isPresent();
      Schedule schedule =
          new Schedule(
              new Views(workspace, named),
              workspace.clock(),
              time -> !isRequestedWithin(interruption, time) && !workspace.isSparkGone(),
              new Lines(workspace.console(), isOnce),
              check);
      if (isOnce) {
        workspace.clock().frozenAt().ifPresent(now -> tellFrozen(workspace.console(), now));
        schedule.once();
        return 0;
      }
      tellBegin(workspace, named);
      schedule.forever();
      interruption.throwIfRequested();
      throw new UnavailableException(
          "Spark has ended in this process, see above; start the command again");
    }
  }

  private static boolean isRequestedWithin(Interruption interruption, Duration time) {
    try {
      return interruption.isRequestedWithin(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException ended = new CancellationException("interrupted");
      ended.initCause(e);
      throw ended;
    }
  }

  private static void tellFrozen(Console console, Instant now) {
    console.note(
        "the clock is frozen at %s: what is due then is done, and nothing more will be"
            .formatted(now));
  }

  private static void tellBegin(Workspace workspace, List<ViewId> views) {
    workspace
        .console()
        .note(
            "%s keeping %d feature views of '%s' up to date. Stop with Ctrl-C."
                .formatted(
                    second(workspace.clock().instant()),
                    views.size(),
                    workspace.project().config().project()));
  }

  private static Instant second(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The views of the newest revision that were asked for. */
  private final class Views implements Schedule.Work {
    private final Workspace workspace;
    private final List<ViewId> named;

    Views(Workspace workspace, List<ViewId> named) {
      this.workspace = workspace;
      this.named = named;
    }

    @Override
    public List<ViewId> views() {
      workspace.lookForRevision();
      List<ViewId> views = workspace.views();
      return selection.isAll()
          ? selection.of(workspace)
          : named.stream().filter(views::contains).toList();
    }

    @Override
    public Optional<Instant> dueAt(ViewId view) {
      return workspace.nextDueAt(view);
    }

    @Override
    public void advance(ViewId view) {
      Interruption.ofProcess().throwIfRequested();
      workspace.console().begins();
      List<RunReport> reports =
          StorageFailures.explained(() -> workspace.runs().advance(view, lookback()));
      if (!reports.isEmpty()) {
        tell(reports);
      }
    }

    private OptionalInt lookback() {
      return lookback == null ? OptionalInt.empty() : OptionalInt.of(lookback);
    }

    private void tell(List<RunReport> reports) {
      String now = second(workspace.clock().instant()).toString();
      workspace
          .console()
          .result(
              "run",
              () ->
                  now
                      + " "
                      + reports.stream().map(RunReports::line).collect(Collectors.joining("; ")),
              () -> RunReports.json(reports).put("at", now));
    }
  }

  /** What did not go as planned, a line each. */
  private static final class Lines implements Schedule.Journal {
    private final Console console;
    private final boolean isOnce;

    Lines(Console console, boolean isOnce) {
      this.console = console;
      this.isOnce = isOnce;
    }

    @Override
    public void failed(ViewId view, RuntimeException failure, int times, Instant next) {
      if (!Interruption.ofProcess().isRequested()) {
        String again =
            "%s, tried again at %s"
                .formatted(times == 1 ? "" : " " + times + " times in a row", second(next));
        console.ends();
        console.note(
            "%s: failed%s: %s".formatted(view, isOnce ? "" : again, Failures.text(failure)));
      }
    }

    @Override
    public void neverRun(ViewId view) {
      console.note(
          "%s: was never run, and is left alone until it was; compute its past with: plumb materialize %s --from INSTANT, or begin with its newest refresh: plumb materialize %s"
              .formatted(view, view, view));
    }

    @Override
    public void unavailable(RuntimeException failure) {
      if (!Interruption.ofProcess().isRequested()) {
        console.note(Failures.text(failure));
      }
    }
  }
}
