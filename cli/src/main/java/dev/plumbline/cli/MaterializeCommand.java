package dev.plumbline.cli;

import dev.plumbline.definition.ViewId;
import dev.plumbline.offline.Forecast;
import dev.plumbline.offline.RunReport;
import dev.plumbline.offline.materialize.Forecaster;
import dev.plumbline.offline.materialize.ViewRuns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumb materialize}. */
@Command(
    name = "materialize",
    description = {
      "Compute feature rows and bring them online.",
      "Without --from: the newest refresh that is due, published at once. With --from: a backfill, before a version goes live; the next run without --from publishes it."
    },
    mixinStandardHelpOptions = true)
final class MaterializeCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Mixin private ViewSelection selection = new ViewSelection();

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      description = "Backfill from the first refresh at or after this instant.")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "INSTANT",
      description = "Backfill up to this instant; default: the newest refresh that is due.")
  private @Nullable Instant to;

  @Option(
      names = "--lookback",
      paramLabel = "N",
      description = "How many earlier refreshes a live run corrects.")
  private @Nullable Integer lookback;

  @Option(
      names = "--chunk",
      paramLabel = "DURATION",
      description =
          "Backfill so much in one run, e.g. 30d; default: what fits the size of the source. A backfill that was stopped continues after its last chunk.")
  private @Nullable String chunk;

  @Option(
      names = "--dry-run",
      description =
          "Tell what would be done, with rows, size and time as far as they can be told beforehand, and change nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    rejectContradictions();
    try (Workspace workspace = options.open()) {
      List<ViewId> selected = selection.of(workspace);
      if (dryRun) {
        tell(workspace, selected);
      } else {
        run(workspace, selected);
      }
      return 0;
    }
  }

  private void run(Workspace workspace, List<ViewId> selected) {
    ViewRuns runs = workspace.runs();
    EachView each = new EachView(workspace.console());
    each.run(selected, view -> run(runs, view, workspace));
    each.finish(
        "materialize",
        from == null
            ? "Nothing to do: every view is up to date."
            : "Nothing has changed: the refreshes are in the tables, computed again now, and every value is the same.");
  }

  private List<RunReport> run(ViewRuns runs, ViewId view, Workspace workspace) {
    return from == null
        ? runs.advance(view, lookback())
        : runs.backfill(view, from, to(workspace, view), chunk());
  }

  private void tell(Workspace workspace, List<ViewId> selected) {
    Forecaster forecaster = workspace.forecaster();
    DryRun dry = new DryRun(workspace.console());
    dry.run(selected, view -> forecast(forecaster, view, workspace));
    dry.finish("materialize");
  }

  private Forecast forecast(Forecaster forecaster, ViewId view, Workspace workspace) {
    return from == null
        ? forecaster.advance(view, lookback())
        : forecaster.backfill(view, from, to(workspace, view), chunk());
  }

  private Instant to(Workspace workspace, ViewId view) {
    return to == null ? workspace.newestDue(view) : to;
  }

  private OptionalInt lookback() {
    return lookback == null ? OptionalInt.empty() : OptionalInt.of(lookback);
  }

  private Optional<Duration> chunk() {
    return Optional.ofNullable(chunk).map(text -> Durations.parsePositive("--chunk", text));
  }

  private void rejectContradictions() {
    selection.rejectContradiction();
    chunk();
    if (from == null && chunk != null) {
      throw new UsageException("--chunk without --from (expected: both, for a backfill)");
    }
    if (from == null && to != null) {
      throw new UsageException("--to without --from (expected: both, for a backfill)");
    }
    if (from != null && lookback != null) {
      throw new UsageException(
          "--lookback with --from (expected: one; a backfill looks back by itself)");
    }
    if (lookback != null && lookback < 0) {
      throw new UsageException("--lookback %d (expected: 0 or more)".formatted(lookback));
    }
  }
}
