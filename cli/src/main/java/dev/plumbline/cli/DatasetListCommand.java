package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.registry.DatasetVersion;
import dev.plumbline.registry.ShortHash;
import java.util.List;
import java.util.concurrent.Callable;
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
    if (all.isEmpty()) {
      return "No dataset was built yet; run: plumb dataset build NAME";
    }
    Table table = new Table("dataset", "rows", "built at", "as of", "content hash", "path");
    for (DatasetVersion each : all) {
      ManifestText manifest = new ManifestText(Console.parse(each.manifest()));
      table.row(
          each.ref(),
          "%,d".formatted(manifest.rows()),
          each.createdAt().toString(),
          manifest.asOf().orElse("newest"),
          ShortHash.of(each.contentHash()),
          each.path());
    }
    return table.toString();
  }

  private static ObjectNode json(List<DatasetVersion> all) {
    ObjectNode json = Console.json();
    var list = json.putArray("datasets");
    for (DatasetVersion each : all) {
      ManifestText manifest = new ManifestText(Console.parse(each.manifest()));
      ObjectNode node = DatasetReports.json(each).put("rows", manifest.rows());
      manifest.asOf().ifPresent(asOf -> node.put("as_of", asOf));
      list.add(node);
    }
    return json;
  }
}
