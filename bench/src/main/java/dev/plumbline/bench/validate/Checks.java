package dev.plumbline.bench.validate;

import dev.plumbline.bench.measure.DisagreementException;
import dev.plumbline.bench.measure.Spread;
import dev.plumbline.bench.measure.Stopwatch;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.offline.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs {@code ./plumb validate} of this checkout on projects, whole processes one after the other.
 */
public final class Checks {
  /** What a shell says of the time of those that it waited for. */
  private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s\\s*$");

  private static final double MINUTE = 60;

  private final Path scratch;
  private final Progress progress;

  /**
   * @param scratch where projects are written
   */
  public Checks(Path scratch, Progress progress) {
    this.scratch = scratch;
    this.progress = progress;
  }

  /** What one check came to. */
  private record Check(double seconds, double cpuSeconds) {}

  /**
   * Checks projects of these many views {@code rounds} times, after one time that does not count.
   *
   * @throws DisagreementException if a check does not find what was written
   */
  public ValidateReport run(List<Integer> views, int rounds) throws InterruptedException {
    Path plumb = launcher();
    List<ValidateReport.Case> cases = new ArrayList<>();
    for (int count : views) {
      Path project = scratch.resolve("views" + count);
      new ManyViews(count).write(project);
      check(plumb, project, count);
      List<Check> checks = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        progress.at("%d views, check %d of %d".formatted(count, round, rounds));
        checks.add(check(plumb, project, count));
      }
      cases.add(
          new ValidateReport.Case(
              count,
              Spread.of(checks.stream().map(Check::seconds).toList()),
              Spread.of(checks.stream().map(Check::cpuSeconds).toList())));
    }
    return new ValidateReport(cases);
  }

  private static Path launcher() {
    try {
      Path code = Path.of(Checks.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path plumb = code.resolve("../../../plumb").normalize();
      if (!Files.isExecutable(plumb)) {
        throw new UnavailableException(
            "%s cannot be run (expected: a checkout that has been built)".formatted(plumb));
      }
      return plumb;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A shell around it tells the processor time of a process that has ended. */
  private static Check check(Path plumb, Path project, int views) throws InterruptedException {
    List<String> command =
        List.of(
            "bash",
            "-c",
            "\"$0\" \"$@\"; code=$?; times >&2; exit $code",
            plumb.toString(),
            "validate",
            "--strict",
            "--project",
            project.toString());
    try {
      Path errors = Files.createTempFile(project, "errors", ".txt");
      Stopwatch watch = new Stopwatch();
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      double seconds = watch.lap().seconds();
      String err = Files.readString(errors);
      if (code != 0 || !out.contains(views + " feature views")) {
        throw new DisagreementException(
            "%d views: a check ended with %d: %s%s (expected: 0, all are valid)"
                .formatted(views, code, out, err));
      }
      return new Check(seconds, cpu(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double cpu(String times) {
    Matcher last = TIMES.matcher(times.strip());
    if (!last.find()) {
      throw new IllegalStateException("no times: " + times);
    }
    return MINUTE * Double.parseDouble(last.group(1))
        + Double.parseDouble(last.group(2))
        + MINUTE * Double.parseDouble(last.group(3))
        + Double.parseDouble(last.group(4));
  }
}
