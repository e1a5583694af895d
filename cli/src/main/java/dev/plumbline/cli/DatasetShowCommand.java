package dev.plumbline.cli;

import dev.plumbline.registry.DatasetVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plumb dataset show}. */
@Command(
    name = "show",
    description = "What a dataset was built from and what it holds: its manifest.",
    mixinStandardHelpOptions = true)
final class DatasetShowCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Parameters(paramLabel = "NAME[@V]", description = "A dataset; without a version its newest.")
  private String name = "";

  @Override
  public Integer call() {
    DatasetName asked = DatasetName.parse(name);
    try (Workspace workspace = options.open()) {
      DatasetVersion version = asked.find(workspace.datasets());
      ManifestText manifest = new ManifestText(Console.parse(version.manifest()));
      workspace
          .console()
          .result(
              "dataset.show",
              () -> manifest.text(version.path()),
              () -> {
                var json = DatasetReports.json(version);
                json.set("manifest", Console.parse(version.manifest()));
                return json;
              });
      return 0;
    }
  }
}
