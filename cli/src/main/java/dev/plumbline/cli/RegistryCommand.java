package dev.plumbline.cli;

import picocli.CommandLine.Command;

/** {@code plumb registry}. */
@Command(
    name = "registry",
    description = "The revisions that were applied.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RegistryLogCommand.class,
      RegistryShowCommand.class,
      RegistryDiffCommand.class,
      RegistryRollbackCommand.class
    })
final class RegistryCommand {}
