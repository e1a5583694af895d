package dev.plumbline.cli;

import dev.plumbline.failure.UnavailableException;
import dev.plumbline.offline.StorageFailures;
import dev.plumbline.project.Release;
import java.time.Instant;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The command line: one class per command, wired here. */
@Command(
    name = "plumb",
    description =
        "A feature store: what a model was trained on and what it is served are the same thing.",
    version = "plumbline " + Release.VERSION,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      InitCommand.class,
      ValidateCommand.class,
      ApplyCommand.class,
      MaterializeCommand.class,
      RunCommand.class,
      PushCommand.class,
      MaintainCommand.class,
      DatasetCommand.class,
      ServeCommand.class,
      GetCommand.class,
      LoadCommand.class,
      ConsistencyCommand.class,
      SchemaCommand.class,
      BenchCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 a bug of ours, 2 usage, 3 invalid definitions or data, 4 conflict, 5 not found,",
      "6 a dependency is unavailable, 7 the law is broken, records differ from the log, a dataset from what it was built of, or a run fails its gate,",
      "130 interrupted."
    })
public final class Plumb {
  private Plumb() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Plumb())
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Instant.class, new InstantOption())
        .setExecutionStrategy(Plumb::run)
        .setExecutionExceptionHandler(new Failures());
  }

  private static int run(ParseResult arguments) {
    try {
      return StorageFailures.explained(() -> new RunLast().execute(arguments));
    } catch (UnavailableException e) {
      throw new ExecutionException(
          arguments.commandSpec().commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
