package dev.plumbline.bench;

import dev.plumbline.bench.live.LiveBench;
import dev.plumbline.bench.live.LiveReport;
import dev.plumbline.bench.measure.Findings;
import dev.plumbline.bench.measure.Report;
import dev.plumbline.bench.measure.Stopwatch;
import dev.plumbline.bench.windows.WindowsBench;
import dev.plumbline.bench.windows.WindowsReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumb bench materialize}. */
@Command(
    name = "materialize",
    description = {
      "Measure materialisation.",
      "Without --live: count, sum and maximum over three windows of 10 and 30 million events, against Spark SQL; within 20 minutes."
    },
    mixinStandardHelpOptions = true)
final class MaterializeBench extends Measurement {
  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often at most each engine runs each case; default: ${DEFAULT-VALUE}.",
      defaultValue = "3")
  private int rounds = 3;

  @Option(
      names = "--case",
      paramLabel = "NAME",
      description = "This case only: windows-10m or windows-30m.")
  private List<String> cases = List.of();

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "This engine only: plumbline or spark-sql.")
  private List<String> engines = List.of();

  @Option(
      names = "--scale",
      description =
          "full or small; small takes some thousands of events, to see that everything works; default: ${DEFAULT-VALUE}.",
      defaultValue = "full")
  private Scale scale = Scale.FULL;

  private enum Scale {
    FULL(10_000_000, 500_000),
    SMALL(5_000, 0);

    private final long events;
    private final long warmUp;

    Scale(long events, long warmUp) {
      this.events = events;
      this.warmUp = warmUp;
    }
  }

  @Option(
      names = "--live",
      description =
          "Instead: the hourly live run of a view with a million entities, after 10 to 1,000 others.")
  private boolean live;

  @Override
  Findings measure(Path folder) {
    Stopwatch watch = new Stopwatch();
    Report report = live ? live(folder) : windows(folder);
    return report.on(machine(), watch.lap().seconds());
  }

  private Report windows(Path folder) {
    WindowsReport windows =
        new WindowsBench(folder, new Terminal())
            .run(new WindowsBench.Plan(scale.events, scale.warmUp, rounds, cases, engines));
    return new Report(windows.results(), windows.targets(), Optional.empty());
  }

  private Report live(Path folder) {
    LiveReport report =
        new LiveBench(folder, new Terminal())
            .run(scale == Scale.FULL ? LiveBench.Plan.FULL : LiveBench.Plan.SMALL);
    return new Report(report.results(), List.of(report.target()), Optional.of(report.curve()));
  }

  @Override
  void rejectNonsense() {
    rejectLess("--rounds", rounds);
    rejectUnknown("--case", cases, WindowsBench.CASES);
    rejectUnknown("--engine", engines, WindowsBench.ENGINES);
    if (live && !(cases.isEmpty() && engines.isEmpty())) {
      throw usage("--case or --engine with --live (expected: neither; it has cases of its own)");
    }
    if (!live && WindowsBench.isNothing(cases, engines)) {
      throw usage(
          "case %s has no engine %s (expected: another of the two)".formatted(cases, engines));
    }
  }
}
