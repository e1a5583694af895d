package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.registry.DatasetVersion;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plumb dataset list}. */
@Command(
    name = "list",
    description = "All datasets that were built.",
    mixinStandardHelpOptions = true)
final class DatasetListCommand implements Callable<Integer> {
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
    all.forEach(each -> list.add(DatasetReports.json(each)));
    return json;
  }
}
