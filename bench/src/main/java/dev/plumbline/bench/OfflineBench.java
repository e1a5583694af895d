package dev.plumbline.bench;

import dev.plumbline.bench.measure.Machine;
import dev.plumbline.bench.measure.Report;
import dev.plumbline.bench.measure.Stopwatch;
import dev.plumbline.bench.offline.JoinBench;
import dev.plumbline.bench.offline.JoinReport;
import dev.plumbline.bench.project.Scratch;
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

/** {@code plumb bench offline}. */
@Command(
    name = "offline",
    description = {
      "Measure point-in-time joins.",
      "Labels with the features of one and of ten views, against DuckDB and two plans of Spark SQL; within 20 minutes."
    },
    mixinStandardHelpOptions = true)
final class OfflineBench implements Callable<Integer> {
  @Option(names = "--json", paramLabel = "FILE", description = "Write the results there too.")
  private @Nullable Path json;

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
          "This case only: one-view, ten-views, ten-views-small, string-keys, hot-key, growth-10m, growth-30m or late-rows.")
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

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description =
          "Where data, tables and results are written and removed again, up to 15 GB; default: ${DEFAULT-VALUE}.",
      defaultValue = "${sys:java.io.tmpdir}")
  private Path scratch = Path.of("");

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    rejectUnknown();
    try (Scratch folder = Scratch.in(scratch)) {
      Stopwatch watch = new Stopwatch();
      JoinReport joins =
          new JoinBench(folder.folder(), new Terminal())
              .run(new JoinBench.Plan(scale, rounds, cases, engines));
      tell(
          new Report(
              Machine.here(package$.MODULE$.SPARK_VERSION()),
              joins.results(),
              joins.targets(),
              Optional.empty(),
              watch.lap().seconds()));
    }
    return 0;
  }

  private void rejectUnknown() {
    if (rounds < 1) {
      throw usage("--rounds %d (expected: 1 or more)".formatted(rounds));
    }
    if (scale < 1) {
      throw usage("--scale %d (expected: 1 or more)".formatted(scale));
    }
    reject("--case", cases, JoinBench.CASES);
    reject("--engine", engines, JoinBench.ENGINES);
    if (JoinBench.isNothing(cases, engines)) {
      throw usage("case %s has no engine %s (expected: another)".formatted(cases, engines));
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
