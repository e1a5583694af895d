package dev.plumbline.bench;

import dev.plumbline.bench.live.LiveBench;
import dev.plumbline.bench.live.LiveReport;
import dev.plumbline.bench.measure.Machine;
import dev.plumbline.bench.measure.Report;
import dev.plumbline.bench.measure.Stopwatch;
import dev.plumbline.bench.project.Scratch;
import dev.plumbline.bench.windows.WindowsBench;
import dev.plumbline.bench.windows.WindowsReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.package$;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plumb bench materialize}. */
@Command(
    name = "materialize",
    description = {
      "Measure materialisation.",
      "Without --live: count, sum and maximum over three windows of 10 and 30 million events, against Spark SQL; within 20 minutes."
    },
    mixinStandardHelpOptions = true)
final class MaterializeBench implements Callable<Integer> {
  @Option(names = "--json", paramLabel = "FILE", description = "Write the results there too.")
  private @Nullable Path json;

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

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description =
          "Where events and logs are written and removed again, up to 15 GB; default: ${DEFAULT-VALUE}.",
      defaultValue = "${sys:java.io.tmpdir}")
  private Path scratch = Path.of("");

  @Spec private @Nullable CommandSpec spec;

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
  public Integer call() throws IOException {
    rejectUnknown();
    try (Scratch folder = Scratch.in(scratch)) {
      tell(live ? live(folder.folder()) : windows(folder.folder()));
    }
    return 0;
  }

  private Report windows(Path folder) {
    Stopwatch watch = new Stopwatch();
    WindowsReport windows =
        new WindowsBench(folder, new Terminal())
            .run(new WindowsBench.Plan(scale.events, scale.warmUp, rounds, cases, engines));
    return new Report(
        machine(), windows.results(), windows.targets(), Optional.empty(), watch.lap().seconds());
  }

  private Report live(Path folder) {
    Stopwatch watch = new Stopwatch();
    LiveReport report =
        new LiveBench(folder, new Terminal())
            .run(scale == Scale.FULL ? LiveBench.Plan.FULL : LiveBench.Plan.SMALL);
    return new Report(
        machine(),
        report.results(),
        List.of(report.target()),
        Optional.of(report.curve()),
        watch.lap().seconds());
  }

  private static Machine machine() {
    return Machine.here(package$.MODULE$.SPARK_VERSION());
  }

  private void rejectUnknown() {
    if (rounds < 1) {
      throw usage("--rounds %d (expected: 1 or more)".formatted(rounds));
    }
    reject("--case", cases, WindowsBench.CASES);
    reject("--engine", engines, WindowsBench.ENGINES);
    if (live && !(cases.isEmpty() && engines.isEmpty())) {
      throw usage("--case or --engine with --live (expected: neither; it has cases of its own)");
    }
    if (!live && WindowsBench.isNothing(cases, engines)) {
      throw usage(
          "case %s has no engine %s (expected: another of the two)".formatted(cases, engines));
    }
  }

  private void reject(String option, List<String> given, List<String> known) {
    given.stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw usage("%s %s (expected: one of %s)".formatted(option, name, known));
            });
  }

  private ParameterException usage(String message) {
    return new ParameterException(
        Objects.requireNonNull(spec, "set by picocli").commandLine(), message);
  }

  private void tell(Report report) throws IOException {
    if (json != null) {
      Files.writeString(json, report.json());
    }
    new PrintStream(System.out, true, StandardCharsets.UTF_8).println(report.text());
  }
}
