package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The examples of schedules are what they claim to be, and name commands that exist. */
class ScheduleExamplesIT {
  private static final Path EXAMPLES = Path.of("../examples/schedule");
  private static final Pattern COMMAND = Pattern.compile("/opt/plumbline/plumb ([-a-z0-9 ]+)");

  @TempDir Path folder;

  @Test
  void theCrontabHasFiveFieldsAndACommand() throws IOException {
    List<String> lines =
        Files.readAllLines(EXAMPLES.resolve("crontab")).stream()
            .filter(line -> !line.startsWith("#"))
            .toList();

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).matches("(\\S+ ){5}cd /srv/flights && flock -n \\S+ .*");
    assertCommand(lines.get(0));
  }

  @Test
  void theUnitStartsTheScheduleAndTakesAnInterruptionForSuccess() throws IOException {
    String unit = Files.readString(EXAMPLES.resolve("plumb-run.service"));

    assertThat(unit).contains("ExecStart=", "SuccessExitStatus=" + Failures.INTERRUPTED);
    assertCommand(unit);
  }

  @Test
  void theDagIsPython() throws Exception {
    Path dag = EXAMPLES.resolve("airflow_dag.py");
    assertCommand(Files.readString(dag));
    assumeThat(Programs.works("python3", "--version")).as("Python is installed").isTrue();

    Programs.run(
        folder,
        List.of(
            "python3",
            "-c",
            "import ast, sys; ast.parse(open(sys.argv[1]).read())",
            dag.toAbsolutePath().toString()),
        Map.of());
  }

  @Test
  void theCronJobRunsOneAtATime() throws IOException {
    Object document =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(EXAMPLES.resolve("cronjob.yaml")));

    assertThat(at(document, "kind")).isEqualTo("CronJob");
    assertThat(at(document, "apiVersion")).isEqualTo("batch/v1");
    assertThat(at(document, "spec", "concurrencyPolicy")).isEqualTo("Forbid");
    Object pod = at(document, "spec", "jobTemplate", "spec", "template", "spec");
    Object container = ((List<?>) at(pod, "containers")).get(0);
    assertThat(at(container, "command")).isEqualTo(List.of("/opt/plumbline/plumb"));
    List<?> arguments = (List<?>) at(container, "args");
    parse(arguments.stream().map(String::valueOf).toArray(String[]::new));
  }

  private static Object at(Object yaml, String... path) {
    Object found = yaml;
    for (String name : path) {
      found = ((Map<?, ?>) found).get(name);
      assertThat(found).as(String.join(".", path)).isNotNull();
    }
    return found;
  }

  private static void assertCommand(String text) {
    Matcher command = COMMAND.matcher(text);
    assertThat(command.find()).as(text).isTrue();
    parse(command.group(1).strip().split(" +"));
  }

  private static void parse(String... arguments) {
    assertThat(Plumb.commandLine().parseArgs(arguments).hasSubcommand()).isTrue();
  }
}
