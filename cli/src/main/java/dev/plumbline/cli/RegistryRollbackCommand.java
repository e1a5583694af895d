package dev.plumbline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plumb registry rollback}. */
@Command(
    name = "rollback",
    description = {
      "Make the definitions of an earlier revision the newest, as a new revision, and show it to servers.",
      "What that revision does not have leaves without being retired before; no data is deleted. Refused (exit code 9) if it has a version whose data was pruned. The definitions in files stay as they are: put them back too."
    },
    mixinStandardHelpOptions = true)
final class RegistryRollbackCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Parameters(paramLabel = "N", description = "Number of the revision to go back to.")
  private int number;

  @Override
  public Integer call() {
    try (Workspace workspace = options.open()) {
      ApplyCommand.print("registry.rollback", workspace.rollback(number), workspace);
      return 0;
    }
  }
}
