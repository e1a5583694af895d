package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.discovery.Search;
import dev.plumbline.discovery.Search.Hit;
import dev.plumbline.discovery.Search.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plumb search}. */
@Command(
    name = "search",
    description =
        "Find definitions and features by words in their names, tags, owners, descriptions, columns and expressions.",
    mixinStandardHelpOptions = true)
final class SearchCommand implements Callable<Integer> {
  /** So much of a long text is shown before the word that was found. */
  private static final int BEFORE = 20;

  @Mixin private Looking looking = new Looking();

  @Parameters(
      arity = "1..*",
      paramLabel = "WORD",
      description = "What is found has all the words, in any letter case, or parts of others.")
  private List<String> words = new ArrayList<>();

  @Override
  public Integer call() {
    if (words.stream().anyMatch(String::isBlank)) {
      throw new UsageException("an empty word is found everywhere; name one that is not");
    }
    try (Workspace workspace = looking.open()) {
      LookedThrough looked = looking.in(workspace);
      List<Hit> hits = new Search(looked.inventory()).find(words);
      Console console = workspace.console();
      console.result(
          "search",
          () -> Lines.fitted(text(looked, hits), console.width()),
          () -> json(looked, hits));
      return 0;
    }
  }

  private String text(LookedThrough looked, List<Hit> hits) {
    if (hits.isEmpty()) {
      return "Nothing has %s.\n%s".formatted(Search.joined(words), looked.told());
    }
    Table table = new Table("name", "kind", "found in", "");
    for (Hit hit : hits) {
      table.row(
          hit.item().ref(),
          hit.item().kind().toString(),
          hit.place().word(),
          hit.place() == Place.NAME ? hit.item().about().description().orElse("") : excerpt(hit));
    }
    return table + "\n" + looked.told();
  }

  /** One line, in which the word is not far from the beginning. */
  private static String excerpt(Hit hit) {
    String text = hit.text().replaceAll("\\s", " ");
    int from = hit.from() - BEFORE;
    return from <= 0 ? text : "…" + text.substring(from);
  }

  private static ObjectNode json(LookedThrough looked, List<Hit> hits) {
    ObjectNode json = looked.json();
    ArrayNode list = json.putArray("hits");
    for (Hit hit : hits) {
      ObjectNode node = ItemText.json(hit.item()).put("score", hit.score());
      node.putObject("match")
          .put("place", hit.place().word())
          .put("text", hit.text())
          .put("from", hit.from())
          .put("length", hit.length());
      list.add(node);
    }
    return json;
  }
}
