package dev.plumbline.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line: one class per command, wired here. */
@Command(
    name = "plumb",
    description =
        "A feature store: what a model was trained on and what it is served are the same thing.",
    version = "plumbline 0.1.0",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      ValidateCommand.class,
      ApplyCommand.class,
      MaterializeCommand.class,
      RunCommand.class,
      PushCommand.class,
      MaintainCommand.class,
      DatasetCommand.class,
      ServeCommand.class,
      GetCommand.class,
      ConsistencyCommand.class,
      BenchCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 a bug of ours, 2 usage, 3 invalid definitions or data, 4 conflict, 5 not found,",
      "6 a dependency is unavailable, 7 the law is broken, records differ from the log, or a run fails its gate,",
      "130 interrupted."
    })
public final class Plumb {
  private Plumb() {}

  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Hadoop says by an Error that a disk is full, which no handler of exceptions is given. */
  private static int execute(String[] arguments) {
    try {
      return commandLine().execute(arguments);
    } catch (Error e) {
      if (!Failures.isDiskFull(e)) {
        throw e;
      }
      System.err.println(Failures.text(e));
      return Failures.UNAVAILABLE;
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Plumb())
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new Failures());
  }
}
