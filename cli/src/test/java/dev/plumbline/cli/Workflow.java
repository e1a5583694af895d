package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The {@code run} steps of a GitHub workflow, run by bash as GitHub's runner runs them. */
final class Workflow {
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*(.*?)\\s*}}");

  private final Map<?, ?> document;

  private Workflow(Map<?, ?> document) {
    this.document = document;
  }

  static Workflow read(Path file) throws IOException {
    return new Workflow(
        (Map<?, ?>)
            new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
  }

  Map<?, ?> document() {
    return document;
  }

  Map<?, ?> job(String name) {
    return map(map(document, "jobs"), name);
  }

  static Map<?, ?> map(Map<?, ?> of, String key) {
    return (Map<?, ?>) Objects.requireNonNull(of.get(key), key);
  }

  /** What a job left behind: the code of the step that failed, or 0, and all that was printed. */
  record Ran(int code, String failed, String printed) {}

  /**
   * Runs the steps of a job one after the other until one fails.
   *
   * @param environment of the runner, {@code RUNNER_TEMP} among it
   * @param expressions what {@code ${{ … }}} stand for, but outputs of steps
   */
  Ran run(String job, Path folder, Map<String, String> environment, Map<String, String> expressions)
      throws IOException, InterruptedException {
    Map<String, String> known = new HashMap<>(expressions);
    StringBuilder printed = new StringBuilder();
    for (Object each : (List<?>) Objects.requireNonNull(job(job).get("steps"))) {
      Map<?, ?> step = (Map<?, ?>) each;
      if (step.containsKey("run")) {
        int code = run(step, folder, environment, known, printed);
        if (code != 0) {
          return new Ran(code, String.valueOf(step.get("name")), printed.toString());
        }
      }
    }
    return new Ran(0, "", printed.toString());
  }

  private static int run(
      Map<?, ?> step,
      Path folder,
      Map<String, String> environment,
      Map<String, String> known,
      StringBuilder printed)
      throws IOException, InterruptedException {
    String script = String.valueOf(step.get("run"));
    assertThat(script)
        .as("expressions stand in env, where bash does not read them")
        .doesNotContain("${{");
    Path temporary = Path.of(Objects.requireNonNull(environment.get("RUNNER_TEMP")));
    Path output = Files.writeString(temporary.resolve("output"), "");
    Path log = temporary.resolve("log");
    ProcessBuilder bash =
        new ProcessBuilder("bash", "--noprofile", "--norc", "-e", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    bash.environment().putAll(environment);
    bash.environment().put("GITHUB_OUTPUT", output.toString());
    if (step.containsKey("env")) {
      map(step, "env")
          .forEach(
              (name, value) ->
                  bash.environment().put((String) name, resolved(String.valueOf(value), known)));
    }
    Process process = bash.start();
    process.getOutputStream().close();
    assertThat(process.waitFor(4, TimeUnit.MINUTES)).as(script).isTrue();
    printed.append(Files.readString(log));
    for (String line : Files.readAllLines(output)) {
      List<String> parts = List.of(line.split("=", 2));
      known.put("steps." + step.get("id") + ".outputs." + parts.get(0), parts.get(1));
    }
    return process.exitValue();
  }

  private static String resolved(String text, Map<String, String> known) {
    return EXPRESSION
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    Objects.requireNonNull(known.get(found.group(1)), found.group(1))));
  }

  /** The names of steps that only use what others wrote. */
  List<String> uses(String job) {
    List<String> uses = new ArrayList<>();
    for (Object each : (List<?>) Objects.requireNonNull(job(job).get("steps"))) {
      Object used = ((Map<?, ?>) each).get("uses");
      if (used != null) {
        uses.add(String.valueOf(used));
      }
    }
    return uses;
  }
}
