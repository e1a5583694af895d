package dev.plumbline.cli;

import dev.plumbline.offline.dataset.AdHocDataset;
import dev.plumbline.offline.dataset.DatasetBuild.BeforeCoverage;
import dev.plumbline.offline.dataset.DatasetBuild.Written;
import dev.plumbline.offline.dataset.DatasetOptions;
import dev.plumbline.offline.dataset.DatasetOptions.StatusColumns;
import dev.plumbline.offline.dataset.DatasetShelf.Kept;
import dev.plumbline.offline.dataset.LogPosition;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb dataset build}. */
@Command(
    name = "build",
    description = {
      "Join the labels of a dataset point-in-time with its service.",
      "Without a definition: the labels of a file with any features, into a folder of your own. Nothing enters the catalog then."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  plumb dataset build delay_training",
      "  plumb dataset build --labels asked.csv --time asked_at --features airport:flights_1d@1 --key airport.code=origin --out asked"
    })
final class DatasetBuildCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "A dataset of the applied revision.")
  private @Nullable String name;

  @Option(
      names = "--allow-before-coverage",
      description = "Keep labels that are older than the features; they are MISSING.")
  private boolean beforeCoverage;

  @Option(
      names = "--as-of",
      paramLabel = "INSTANT",
      description =
          "Know no more of each view than the last run that was over then; otherwise than the last of all.")
  private @Nullable Instant asOf;

  @Option(names = "--no-status", description = "Leave out the columns that hold statuses.")
  private boolean noStatus;

  @ArgGroup(exclusive = false, heading = "Without a definition:%n")
  private AdHocOptions adHoc = new AdHocOptions();

  @Override
  public Integer call() {
    rejectContradiction();
    try (Workspace workspace = options.open()) {
      rejectFuture(workspace.clock().instant());
      if (name == null) {
        AdHocDataset asked = adHoc.dataset();
        asked.rejectUnbuildable(workspace.applied().revision(), adHoc.out());
        Written built = workspace.datasetBuild().build(asked, terms(), adHoc.out());
        workspace
            .console()
            .result(
                "dataset.build",
                () -> DatasetReports.text(built),
                () -> DatasetReports.json(built));
      } else {
        Kept built = workspace.datasetBuild().build(name, terms());
        workspace
            .console()
            .result(
                "dataset.build",
                () -> DatasetReports.text(built),
                () -> DatasetReports.json(built));
      }
      return 0;
    }
  }

  private void rejectContradiction() {
    if (name == null) {
      if (!adHoc.areGiven()) {
        throw new UsageException(
            "no dataset is named (expected: NAME; or --labels, --time, --features and --out)");
      }
      adHoc.rejectIncomplete();
    } else if (adHoc.areGiven()) {
      throw new UsageException(
          "'%s' has a definition (expected: NAME alone; or --labels, --time, --features and --out without it)"
              .formatted(name));
    }
  }

  private void rejectFuture(Instant now) {
    if (asOf != null && asOf.isAfter(now)) {
      throw new UsageException(
          "--as-of %s is yet to come, it is %s (expected: an instant of the past)"
              .formatted(asOf, now));
    }
  }

  private DatasetOptions terms() {
    DatasetOptions terms =
        DatasetOptions.DEFAULT
            .with(beforeCoverage ? BeforeCoverage.ALLOWED : BeforeCoverage.REFUSED)
            .with(noStatus ? StatusColumns.DECLINED : StatusColumns.KEPT);
    return asOf == null ? terms : terms.with(new LogPosition.AsOf(asOf));
  }
}
