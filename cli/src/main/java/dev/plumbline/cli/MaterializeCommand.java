package dev.plumbline.cli;

import dev.plumbline.definition.ViewId;
import dev.plumbline.offline.RunReport;
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

  @Override
  public Integer call() {
    rejectContradictions();
    try (Workspace workspace = options.open()) {
      List<ViewId> selected = selection.of(workspace);
      ViewRuns runs = workspace.runs();
      EachView each = new EachView(workspace.console());
      each.run(selected, view -> run(runs, view, workspace.clock().instant()));
      each.finish("materialize");
      return 0;
    }
  }

  private List<RunReport> run(ViewRuns runs, ViewId view, Instant now) {
    if (from == null) {
      return runs.advance(view, lookback == null ? OptionalInt.empty() : OptionalInt.of(lookback));
    }
    try {
      return runs.backfill(view, from, to == null ? runs.newestDue(view, now) : to, chunk());
    } catch (IllegalArgumentException e) {
      throw new UsageException("%s: %s".formatted(view, e.getMessage()));
    }
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
