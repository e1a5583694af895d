package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.discovery.Item;
import dev.plumbline.discovery.Kind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plumb list}. */
@Command(
    name = "list",
    description = "What is declared, of one kind or of all but single features.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  @Mixin private Looking looking = new Looking();

  @Parameters(
      arity = "0..1",
      paramLabel = "KIND",
      description =
          "entities, sources, views, features, on_demand_views, on_demand_features, services or datasets.")
  private @Nullable String kind;

  @Override
  public Integer call() {
    Optional<Kind> wanted = Looking.kind(kind);
    try (Workspace workspace = looking.open()) {
      LookedThrough looked = looking.in(workspace);
      List<Item> items =
          looked.inventory().items().stream()
              .filter(item -> wanted.map(item.kind()::equals).orElse(!item.kind().isFeature()))
              .toList();
      Console console = workspace.console();
      console.result(
          "list",
          () -> Lines.fitted(text(looked, items, wanted), console.width()),
          () -> json(looked, items));
      return 0;
    }
  }

  private static String text(LookedThrough looked, List<Item> items, Optional<Kind> wanted) {
    if (items.isEmpty()) {
      String kind = wanted.map(Kind::plural).orElse("definitions");
      return "There are no %s.\n%s".formatted(kind, looked.told());
    }
    Table table = new Table("name", wanted.isPresent() ? "" : "kind", "", "owner", "description");
    for (Item item : items) {
      table.row(
          item.ref(),
          wanted.isPresent() ? "" : item.kind().toString(),
          ItemText.summary(item),
          item.about().owner().orElse(""),
          item.about().description().orElse(""));
    }
    return table + "\n" + looked.told();
  }

  private static ObjectNode json(LookedThrough looked, List<Item> items) {
    ObjectNode json = looked.json();
    ArrayNode list = json.putArray("items");
    items.forEach(item -> list.add(ItemText.json(item).put("summary", ItemText.summary(item))));
    return json;
  }
}
