package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.offline.dataset.DvcExport;
import dev.plumbline.offline.dataset.MlflowExport;
import dev.plumbline.registry.DatasetVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb dataset export}. */
@Command(
    name = "export",
    description = "Tell other tools of a dataset. Its rows stay where they are.",
    mixinStandardHelpOptions = true)
final class DatasetExportCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Parameters(paramLabel = "NAME[@V]", description = "A dataset; without a version its newest.")
  private String name = "";

  @ArgGroup(multiplicity = "1")
  private Tool tool = new Tool();

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description =
          "The file to write; with --dvc otherwise beside the dataset's folder, with --mlflow otherwise none.")
  private @Nullable Path to;

  /** Who is told. */
  static final class Tool {
    @Option(names = "--dvc", description = "Write a .dvc file, as dvc add would.")
    boolean dvc;

    @Option(names = "--mlflow", description = "Print the dataset as MLflow logs it with a run.")
    boolean mlflow;
  }

  @Override
  public Integer call() {
    DatasetName asked = DatasetName.parse(name);
    if (tool.dvc && to != null && !to.toString().endsWith(".dvc")) {
      throw new UsageException(
          "--to %s: not a .dvc file (expected: a name that ends so)".formatted(to));
    }
    try (Workspace workspace = options.open()) {
      DatasetVersion version = asked.find(workspace.datasets());
      if (tool.dvc) {
        dvc(version, workspace.console());
      } else {
        mlflow(version, workspace.console());
      }
      return 0;
    }
  }

  private void dvc(DatasetVersion version, Console console) {
    Path file = to == null ? Path.of(version.path() + ".dvc") : to;
    new DvcExport(Path.of(version.path())).write(file);
    console.result(
        "dataset.export",
        () -> "%s@%d for DVC: %s".formatted(version.name(), version.version(), file),
        () -> DatasetReports.json(version).put("dvc", file.toString()));
  }

  private void mlflow(DatasetVersion version, Console console) {
    ObjectNode entry = MlflowExport.of(version);
    if (to != null) {
      write(entry.toPrettyString() + "\n", to);
    }
    console.result(
        "dataset.export",
        () ->
            to == null
                ? entry.toPrettyString()
                : "%s@%d for MLflow: %s".formatted(version.name(), version.version(), to),
        () -> {
          ObjectNode json = DatasetReports.json(version);
          json.set("mlflow", entry);
          return json;
        });
  }

  private static void write(String text, Path file) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UnavailableException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }
}
