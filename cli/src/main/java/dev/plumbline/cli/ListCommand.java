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
  private static final int ALL_COLUMNS = 5;
  private static final int LEAST_COLUMNS = 3;

  /** With less room than this it says nothing. */
  private static final int OF_A_DESCRIPTION = 20;

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
          () -> Lines.fitted(text(looked, items, wanted, console.width()), console.width()),
          () -> json(looked, items));
      return 0;
    }
  }

  private static String text(
      LookedThrough looked, List<Item> items, Optional<Kind> wanted, int width) {
    if (items.isEmpty()) {
      String kind = wanted.map(Kind::plural).orElse("definitions");
      return "There are no %s.\n%s".formatted(kind, looked.told());
    }
    Table table = table(items, wanted, width);
    return table + "\n" + looked.told();
  }

  /** First descriptions go where there is little room, then owners. */
  private static Table table(List<Item> items, Optional<Kind> wanted, int width) {
    for (int columns = ALL_COLUMNS; columns > LEAST_COLUMNS; columns--) {
      int room = columns == ALL_COLUMNS ? width - OF_A_DESCRIPTION : width;
      int least = Math.min(columns, ALL_COLUMNS - 1);
      if (table(items, wanted, width, least).width() <= room) {
        return table(items, wanted, width, columns);
      }
    }
    return table(items, wanted, width, LEAST_COLUMNS);
  }

  private static Table table(List<Item> items, Optional<Kind> wanted, int width, int columns) {
    List<String> headings =
        List.of("name", wanted.isPresent() ? "" : "kind", "", "owner", "description");
    Table table = new Table(headings.subList(0, columns));
    for (Item item : items) {
      List<String> cells =
          List.of(
              item.ref(),
              wanted.isPresent() ? "" : item.kind().toString(),
              Lines.cut(ItemText.summary(item), width / 2),
              item.about().owner().orElse(""),
              item.about().description().orElse(""));
      table.row(cells.subList(0, columns));
    }
    return table;
  }

  private static ObjectNode json(LookedThrough looked, List<Item> items) {
    ObjectNode json = looked.json();
    ArrayNode list = json.putArray("items");
    items.forEach(item -> list.add(ItemText.json(item).put("summary", ItemText.summary(item))));
    return json;
  }
}
