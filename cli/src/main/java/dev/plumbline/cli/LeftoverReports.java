package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.offline.prune.Leftovers;
import dev.plumbline.registry.DatasetVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What removed versions occupy, for people and programs. */
final class LeftoverReports {
  private LeftoverReports() {}

  /** What became of them. */
  enum Fate {
    KEPT,
    DELETED
  }

  static String text(List<Leftovers> leftovers, Fate fate) {
    if (leftovers.isEmpty()) {
      return "Nothing to prune: the newest revision has every version that has data.";
    }
    List<String> lines = new ArrayList<>(List.of(table(leftovers).toString()));
    leftovers.stream()
        .filter(each -> !each.datasets().isEmpty())
        .forEach(each -> lines.add(datasets(each, fate)));
    lines.add(
        fate == Fate.DELETED
            ? "Deleted. None of these versions can come back."
            : "Nothing was deleted. To delete it for good: plumb prune %s --yes"
                .formatted(
                    leftovers.stream()
                        .map(LeftoverReports::name)
                        .collect(Collectors.joining(" "))));
    return String.join("\n", lines);
  }

  private static Table table(List<Leftovers> leftovers) {
    Table table =
        new Table("version", "last in", "log rows", "files", "records", "in Redis", "state");
    for (Leftovers each : leftovers) {
      table.row(
          name(each),
          "revision " + each.version().lastRevision(),
          "%,d".formatted(each.rows()),
          size(each.tableBytes()),
          "%,d".formatted(each.online().records()),
          size(each.online().bytes()),
          state(each));
    }
    return table;
  }

  private static String state(Leftovers each) {
    return each.version()
        .pruned()
        .map(
            pruned ->
                pruned.finished()
                    ? "pruned by %s at %s".formatted(pruned.by(), pruned.at())
                    : "partly pruned by %s at %s".formatted(pruned.by(), pruned.at()))
        .orElse("removed");
  }

  private static String size(long bytes) {
    return "%,d KiB".formatted((bytes + 1023) / 1024);
  }

  private static String datasets(Leftovers each, Fate fate) {
    String names =
        each.datasets().stream().map(DatasetVersion::ref).collect(Collectors.joining(", "));
    return fate == Fate.DELETED
        ? "%s, built from %s, can be neither verified nor built again.".formatted(names, name(each))
        : "%s, built from %s, could then be neither verified nor built again."
            .formatted(names, name(each));
  }

  private static String name(Leftovers each) {
    return each.version().view().id().toString();
  }

  static ObjectNode json(List<Leftovers> leftovers, Fate fate) {
    ObjectNode json = Console.json().put("deleted", fate == Fate.DELETED);
    var list = json.putArray("versions");
    for (Leftovers each : leftovers) {
      ObjectNode node =
          list.addObject()
              .put("view", name(each))
              .put("last_revision", each.version().lastRevision())
              .put("rows", each.rows())
              .put("table_bytes", each.tableBytes())
              .put("records", each.online().records())
              .put("markers", each.online().markers())
              .put("record_bytes", each.online().bytes());
      var datasets = node.putArray("datasets");
      each.datasets().forEach(dataset -> datasets.add(dataset.ref()));
      each.version()
          .pruned()
          .ifPresent(
              pruned ->
                  node.put("pruned_by", pruned.by())
                      .put("pruned_at", pruned.at().toString())
                      .put("finished", pruned.finished()));
    }
    return json;
  }
}
