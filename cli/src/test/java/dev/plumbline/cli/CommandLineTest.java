package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the commands say before they touch anything. */
class CommandLineTest {
  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItself(List<String> command) {
    List<String> arguments = new ArrayList<>(command);
    arguments.add("--help");

    Terminal.Output output = Terminal.run(arguments.toArray(String[]::new));

    assertThat(output.exits(0).err()).isEmpty();
    assertThat(output.out())
        .startsWith(("Usage: plumb " + String.join(" ", command)).strip())
        .contains("--help");
  }

  static Stream<List<String>> commands() {
    return paths(Plumb.commandLine(), List.of());
  }

  private static Stream<List<String>> paths(CommandLine command, List<String> path) {
    return Stream.concat(
        Stream.of(path),
        command.getSubcommands().entrySet().stream()
            .filter(entry -> !entry.getKey().equals("help"))
            .flatMap(entry -> paths(entry.getValue(), append(path, entry.getKey()))));
  }

  private static List<String> append(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "aply",
        "apply --format xml",
        "apply --format github",
        "validate --format xml",
        "apply --now yesterday",
        "init one another",
        "schema everything",
        "schema --format xml",
        "get",
        "get delay_model --server nowhere",
        "get delay_model other_model --server 127.0.0.1:1",
        "get delay_model --entity ATL",
        "load delay_model",
        "load --rate 10",
        "load delay_model --rate 0 --server 127.0.0.1:1",
        "load delay_model --rate 10 --server nowhere",
        "load delay_model --rate 10 --seconds 0 --server 127.0.0.1:1",
        "load delay_model --rate 10 --rows 0 --server 127.0.0.1:1",
        "load delay_model --rate 10 --zipf 0 --server 127.0.0.1:1",
        "load delay_model --rate 10 --deadline 0s --server 127.0.0.1:1",
        "load delay_model --rate 10 --range a=1..2 --keys keys.csv --server 127.0.0.1:1",
        "load delay_model --rate 10 --server-pid 999999999 --server 127.0.0.1:1",
        "materialize",
        "materialize --all airport_departures",
        "materialize --all --to 2001-06-15T00:00:00Z",
        "materialize --all --from -999999999-01-01T00:00:00Z",
        "materialize --all --from 2001-06-15T00:00:00Z --to +10000-01-01T00:00:00Z",
        "materialize --all --lookback few",
        "materialize --all --chunk 1d",
        "materialize --all --from 2001-06-15T00:00:00Z --chunk daily",
        "materialize --all --from 2001-06-15T00:00:00Z --chunk 0d",
        "run",
        "run --all airport_departures",
        "run --all --every-check often",
        "run --all --lookback -1",
        "push",
        "push --all --dry-run",
        "maintain",
        "maintain --all --keep soon",
        "dataset",
        "dataset build",
        "dataset build training --as-of noon",
        "dataset build training --labels labels.csv",
        "dataset build --labels labels.csv --time asked --features airport:flights_1d@1",
        "dataset build --labels labels.csv --time asked --features airport:flights_1d --out out",
        "dataset build --labels labels.csv --time asked --features airport:flights_1d@1 --out out --type a=number",
        "dataset show",
        "dataset show training@first",
        "dataset diff training@1",
        "dataset verify training@",
        "dataset export training",
        "dataset export training --dvc --mlflow",
        "dataset export training --dvc --to training.yaml"
      })
  void whatMakesNoSenseIsAUsageError(String line) {
    String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");

    Terminal.Output output = Terminal.run(arguments);

    assertThat(output.exits(2).out()).isEmpty();
    assertThat(output.err()).isNotBlank().doesNotContain("please report it");
  }

  @Test
  void refusesAClockWithWhichNoRunCanBeStamped() {
    assertThat(Terminal.run("apply", "--now", "0828-04-17T00:49:41.036031Z").exits(2).err())
        .contains(
            "the clock is frozen at 0828-04-17T00:49:41.036031Z (expected: an instant from 0828-04-17T00:49:41.036032Z to 3111-09-16T23:10:18.963967Z;");
  }

  @Test
  void saysItsVersion() {
    assertThat(Terminal.run("--version").exits(0).out()).startsWith("plumbline 0.1.0");
  }
}
