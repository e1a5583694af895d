package dev.plumbline.bench;

import dev.plumbline.bench.measure.Findings;
import dev.plumbline.bench.measure.Report;
import dev.plumbline.bench.measure.Stopwatch;
import dev.plumbline.bench.offline.JoinBench;
import dev.plumbline.bench.offline.JoinReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumb bench offline}. */
@Command(
    name = "offline",
    description = {
      "Measure point-in-time joins.",
      "Labels with the features of one and of ten views, against DuckDB and two plans of Spark SQL. Later rounds are left out where 20 minutes would not be enough."
    },
    mixinStandardHelpOptions = true)
final class OfflineBench extends Measurement {
  @Option(
      names = "--rounds",
      paramLabel = "N",
      description =
          "How often at most each engine runs each case after a warm-up; default: ${DEFAULT-VALUE}.",
      defaultValue = "5")
  private int rounds = 5;

  @Option(
      names = "--case",
      paramLabel = "NAME",
      description =
          "This case only: one-view, ten-views, ten-views-small, string-keys, hot-key, growth-10m, growth-30m or late-rows; or large, to see with -Xmx2g in PLUMB_JAVA_OPTS that 50M rows and 20M labels need no more.")
  private List<String> cases = List.of();

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "This engine only: plumbline, duckdb, union-last or range-join.")
  private List<String> engines = List.of();

  @Option(
      names = "--scale",
      paramLabel = "N",
      description =
          "Divide rows, labels, keys and live runs by it, to see that everything works; default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private long scale = 1;

  @Override
  Findings measure(Path folder) {
    Stopwatch watch = new Stopwatch();
    JoinReport joins =
        new JoinBench(folder, new Terminal())
            .run(new JoinBench.Plan(scale, rounds, cases, engines));
    return new Report(joins.results(), joins.targets(), Optional.empty())
        .on(machine(), watch.lap().seconds());
  }

  @Override
  void rejectNonsense() {
    rejectLess("--rounds", rounds);
    rejectLess("--scale", scale);
    rejectUnknown(
        "--case",
        cases,
        Stream.concat(JoinBench.CASES.stream(), Stream.of(JoinBench.LARGE)).toList());
    rejectUnknown("--engine", engines, JoinBench.ENGINES);
    if (JoinBench.isNothing(cases, engines)) {
      throw usage("case %s has no engine %s (expected: another)".formatted(cases, engines));
    }
  }
}
