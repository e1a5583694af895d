package dev.plumbline.cli;

import picocli.CommandLine.Command;

/** {@code plumb dataset}. */
@Command(
    name = "dataset",
    description = "Training datasets.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DatasetBuildCommand.class,
      DatasetListCommand.class,
      DatasetShowCommand.class,
      DatasetDiffCommand.class,
      DatasetVerifyCommand.class,
      DatasetExportCommand.class
    })
final class DatasetCommand {}
