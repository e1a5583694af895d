package dev.plumbline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.bench.measure.DisagreementException;
import dev.plumbline.failure.UnavailableException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchTest {
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "materialise",
        "materialize --rounds 0",
        "materialize --case windows-20m",
        "materialize --engine duckdb",
        "materialize --case windows-30m --engine spark-sql",
        "materialize --live --case windows-10m",
        "materialize --scale tiny",
        "offline --rounds 0",
        "offline --scale 0",
        "offline --case two-views",
        "offline --engine spark-sql",
        "offline --case growth-30m --engine range-join",
        "online --rounds 0",
        "online --shape 10x50",
        "online --system feast",
        "online --entities 999",
        "start --rounds 0",
        "store --rounds 0",
        "store --scale 0",
        "validate --rounds 0",
        "validate --scale 0"
      })
  void whatMakesNoSenseIsAUsageError(String line) {
    String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");

    assertThat(commandLine().execute(arguments)).isEqualTo(2);

    assertThat(err.toString()).isNotBlank();
  }

  @Test
  void saysWhichNamesThereAre() {
    commandLine().execute("materialize", "--engine", "duckdb");

    assertThat(err.toString())
        .startsWith("--engine duckdb (expected: one of [plumbline, spark-sql])");
  }

  @Test
  void tellsFailuresApartByExitCode() {
    assertThat(code(new DisagreementException("a and b"))).isEqualTo(7);
    assertThat(code(new UnavailableException("no Redis"))).isEqualTo(6);
    assertThat(code(new IllegalStateException("broken"))).isEqualTo(1);
  }

  private int code(Exception failure) {
    CommandLine command = commandLine();
    return new BenchFailures()
        .handleExecutionException(failure, command, command.parseArgs("--help"));
  }

  private CommandLine commandLine() {
    return Bench.commandLine().setErr(new PrintWriter(err, true));
  }
}
