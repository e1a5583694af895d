package dev.plumbline.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the benchmarks. */
@Command(
    name = "plumb bench",
    description = "Measure Plumbline, and the same by other means.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      MaterializeBench.class,
      OfflineBench.class,
      OnlineBench.class,
      StartBench.class,
      StoreBench.class,
      ValidateBench.class
    },
    footer = {
      "",
      "Exit codes: 0 done, whether or not a target is met, 1 a bug of ours, 2 usage, 6 a dependency is unavailable,",
      "7 two engines disagree, or a reply is not what was written, 130 interrupted."
    })
public final class Bench {
  private Bench() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Bench())
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new BenchFailures());
  }
}
