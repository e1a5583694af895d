package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.offline.dataset.DatasetBuild.BeforeCoverage;
import dev.plumbline.offline.dataset.DatasetShelf.Kept;
import dev.plumbline.registry.DatasetVersion;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb dataset}. */
@Command(
    name = "dataset",
    description = "Training datasets.",
    mixinStandardHelpOptions = true,
    subcommands = {DatasetCommand.Build.class, DatasetCommand.ListAll.class})
final class DatasetCommand {

  /** {@code plumb dataset build}. */
  @Command(
      name = "build",
      description = "Join the labels of a dataset point-in-time with its service.",
      mixinStandardHelpOptions = true)
  static final class Build implements Callable<Integer> {
    @Mixin private ProjectOptions options = new ProjectOptions();

    @Parameters(paramLabel = "NAME", description = "A dataset of the applied revision.")
    private String name = "";

    @Option(
        names = "--allow-before-coverage",
        description = "Keep labels that are older than the features; they are MISSING.")
    private boolean beforeCoverage;

    @Override
    public Integer call() {
      try (Workspace workspace = options.open()) {
        Kept built =
            workspace
                .datasetBuild()
                .build(name, beforeCoverage ? BeforeCoverage.ALLOWED : BeforeCoverage.REFUSED);
        workspace.console().result("dataset.build", () -> text(built), () -> json(built));
        return 0;
      }
    }

    private static ObjectNode json(Kept built) {
      return DatasetCommand.json(built.version())
          .put("rows", built.rows())
          .put("labels_quarantined", built.quarantined())
          .put("unchanged", built.unchanged());
    }
  }

  static String text(Kept built) {
    String left =
        built.quarantined() == 0
            ? ""
            : "%n  %,d bad rows of its labels left out (see .plumb/quarantine)"
                .formatted(built.quarantined());
    return "Dataset %s, version %d%s: %,d rows in %s%n  content hash %s%s"
        .formatted(
            built.version().name(),
            built.version().version(),
            built.unchanged() ? " (built before, the same to the bit)" : "",
            built.rows(),
            built.version().path(),
            built.version().contentHash(),
            left);
  }

  private static ObjectNode json(DatasetVersion version) {
    return Console.json()
        .put("name", version.name())
        .put("version", version.version())
        .put("path", version.path())
        .put("content_hash", version.contentHash())
        .put("built_at", version.createdAt().toString());
  }

  /** {@code plumb dataset list}. */
  @Command(
      name = "list",
      description = "All datasets that were built.",
      mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {
    @Mixin private ProjectOptions options = new ProjectOptions();

    @Override
    public Integer call() {
      try (Workspace workspace = options.open()) {
        List<DatasetVersion> all = workspace.datasets().all();
        workspace.console().result("dataset.list", () -> text(all), () -> json(all));
        return 0;
      }
    }

    private static String text(List<DatasetVersion> all) {
      return all.isEmpty()
          ? "No dataset was built yet; run: plumb dataset build NAME"
          : all.stream()
              .map(
                  each ->
                      "%s@%d  %s  %s"
                          .formatted(
                              each.name(),
                              each.version(),
                              each.contentHash().substring(0, 12),
                              each.path()))
              .collect(Collectors.joining("\n"));
    }

    private static ObjectNode json(List<DatasetVersion> all) {
      ObjectNode json = Console.json();
      var list = json.putArray("datasets");
      all.forEach(each -> list.add(DatasetCommand.json(each)));
      return json;
    }
  }
}
