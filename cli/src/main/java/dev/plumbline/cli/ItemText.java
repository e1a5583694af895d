package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.definition.Lifecycle;
import dev.plumbline.definition.Window;
import dev.plumbline.discovery.Item;
import dev.plumbline.type.Field;
import dev.plumbline.yaml.DurationText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Something with a name in a few words. */
final class ItemText {
  private ItemText() {}

  /** What it is made of: {@code airport, every 1h, 10 features}. */
  static String summary(Item item) {
    return made(item) + (item.lifecycle() == Lifecycle.RETIRED ? ", retired" : "");
  }

  private static String made(Item item) {
    if (item instanceof Item.OfEntity entity) {
      return entity.entity().keys().isEmpty()
          ? "one record for all"
          : fields(entity.entity().keys());
    }
    if (item instanceof Item.OfSource source) {
      return "%s, %s"
          .formatted(
              source.source().format().name().toLowerCase(Locale.ROOT),
              counted(source.source().columns(), "column"));
    }
    if (item instanceof Item.OfView view) {
      return "%s, every %s, %s"
          .formatted(
              view.definition().entity(),
              DurationText.of(view.definition().timing().every()),
              counted(view.definition().features(), "feature"));
    }
    if (item instanceof Item.OfOnDemandView view) {
      return "%s, %s"
          .formatted(
              counted(view.definition().inputs(), "input"),
              counted(view.definition().features(), "feature"));
    }
    if (item instanceof Item.OfService service) {
      return counted(service.service().features(), "feature");
    }
    return item instanceof Item.OfDataset dataset
        ? "%s, labels of %s"
            .formatted(dataset.dataset().service(), dataset.dataset().labels().source())
        : feature(item);
  }

  private static String feature(Item item) {
    if (item instanceof Item.OfFeature feature) {
      String window = feature.feature().window().map(each -> ", " + window(each)).orElse("");
      return feature.feature().type() + " " + feature.feature().expr() + window;
    }
    Item.OfOnDemandFeature feature = (Item.OfOnDemandFeature) item;
    return feature.feature().type() + " " + feature.feature().expr();
  }

  private static String window(Window window) {
    return window instanceof Window.Last last ? DurationText.of(last.length()) : Window.ALL;
  }

  private static String fields(List<Field> fields) {
    return fields.stream()
        .map(field -> field.name() + " " + field.type())
        .collect(Collectors.joining(", "));
  }

  private static String counted(List<?> things, String name) {
    return things.size() + " " + name + (things.size() == 1 ? "" : "s");
  }

  /** What everything with a name has. */
  static ObjectNode json(Item item) {
    ObjectNode json = Console.json().put("kind", item.kind().key()).put("ref", item.ref());
    item.view().ifPresent(view -> json.put("view", view.toString()));
    item.about().owner().ifPresent(owner -> json.put("owner", owner));
    item.about().description().ifPresent(text -> json.put("description", text));
    ArrayNode tags = json.putArray("tags");
    item.about().tags().forEach(tags::add);
    return json.put("retired", item.lifecycle() == Lifecycle.RETIRED);
  }
}
