package dev.plumbline.bench;

import dev.plumbline.bench.measure.Findings;
import dev.plumbline.bench.measure.Machine;
import dev.plumbline.bench.project.Scratch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.spark.package$;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that measures in a folder of its own, prints a report, and writes it for programs. */
abstract class Measurement implements Callable<Integer> {
  @Option(names = "--json", paramLabel = "FILE", description = "Write the results there too.")
  private @Nullable Path json;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description =
          "Where data, tables and results are written and removed again, up to 15 GB; default: ${DEFAULT-VALUE}.",
      defaultValue = "${sys:java.io.tmpdir}")
  private Path scratch = Path.of("");

  @Spec private @Nullable CommandSpec spec;

  /** Throws {@link #usage} for options that make no sense. */
  abstract void rejectNonsense();

  /** Measures, with {@code folder} for whatever is written. */
  abstract Findings measure(Path folder) throws InterruptedException;

  @Override
  public Integer call() throws IOException, InterruptedException {
    rejectNonsense();
    try (Scratch folder = Scratch.in(scratch)) {
      Findings findings = measure(folder.folder());
      if (json != null) {
        Files.writeString(json, findings.json());
      }
      new PrintStream(System.out, true, StandardCharsets.UTF_8).println(findings.text());
    }
    return 0;
  }

  static Machine machine() {
    return Machine.here(package$.MODULE$.SPARK_VERSION());
  }

  void rejectLess(String option, long given) {
    if (given < 1) {
      throw usage("%s %d (expected: 1 or more)".formatted(option, given));
    }
  }

  void rejectUnknown(String option, List<String> given, List<String> known) {
    given.stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw usage("%s %s (expected: one of %s)".formatted(option, name, known));
            });
  }

  ParameterException usage(String message) {
    return new ParameterException(
        Objects.requireNonNull(spec, "set by picocli").commandLine(), message);
  }
}
