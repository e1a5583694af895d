package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.offline.dataset.ManifestChanges;
import dev.plumbline.offline.dataset.ManifestChanges.Rows;
import dev.plumbline.registry.DatasetVersion;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plumb dataset diff}. */
@Command(
    name = "diff",
    description = "What differs between two versions of a dataset, by their manifests.",
    mixinStandardHelpOptions = true)
final class DatasetDiffCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Parameters(index = "0", paramLabel = "NAME@A", description = "One version.")
  private String before = "";

  @Parameters(index = "1", paramLabel = "NAME@B", description = "Another one.")
  private String after = "";

  @Override
  public Integer call() {
    DatasetName first = DatasetName.parse(before);
    DatasetName second = DatasetName.parse(after);
    try (Workspace workspace = options.open()) {
      DatasetVersion old = first.find(workspace.datasets());
      DatasetVersion now = second.find(workspace.datasets());
      ManifestChanges changes = ManifestChanges.between(old, now);
      workspace
          .console()
          .result("dataset.diff", () -> text(old, now, changes), () -> json(old, now, changes));
      return 0;
    }
  }

  private static String text(DatasetVersion old, DatasetVersion now, ManifestChanges changes) {
    String verdict = "%s and %s: %s".formatted(old.ref(), now.ref(), verdict(changes.rows()));
    if (changes.changes().isEmpty()) {
      return verdict;
    }
    Table table = new Table("", old.ref(), now.ref());
    changes.changes().forEach(each -> table.row(each.what(), each.before(), each.after()));
    return verdict + "\n" + table;
  }

  private static String verdict(Rows rows) {
    return switch (rows) {
      case SAME -> "the same rows";
      case OTHER_VALUES -> "the values differ";
      case OTHER_COLUMNS -> "the columns differ";
      case OTHER_COLUMNS_AND_VALUES -> "the columns differ, and the values of those that both have";
    };
  }

  private static ObjectNode json(DatasetVersion old, DatasetVersion now, ManifestChanges changes) {
    ObjectNode json =
        Console.json()
            .put("before", old.ref())
            .put("after", now.ref())
            .put("rows", changes.rows().name().toLowerCase(Locale.ROOT))
            .put("same_rows", changes.rows() == Rows.SAME);
    ArrayNode list = json.putArray("changes");
    changes
        .changes()
        .forEach(
            each ->
                list.addObject()
                    .put("what", each.what())
                    .put("before", each.before())
                    .put("after", each.after()));
    return json;
  }
}
