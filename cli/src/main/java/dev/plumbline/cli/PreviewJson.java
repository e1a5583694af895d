package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.offline.preview.FeatureProfile;
import dev.plumbline.offline.preview.FeatureProfile.Spread;
import dev.plumbline.offline.preview.Preview;
import dev.plumbline.type.Field;
import java.util.List;

/** A preview as programs read it: nothing is rounded. */
final class PreviewJson {
  private PreviewJson() {}

  static ObjectNode of(Preview preview) {
    ObjectNode json =
        Console.json()
            .put("view", preview.view().id().toString())
            .put("refresh", preview.refresh().toString())
            .put("one_in", preview.oneIn())
            .put("entities", preview.entities())
            .put("source_rows", preview.sourceRows())
            .put("without_key", preview.withoutKey());
    ArrayNode features = json.putArray("features");
    preview.features().forEach(feature -> add(features.addObject(), feature));
    ArrayNode rows = json.putArray("rows");
    List<Field> fields = preview.view().fields();
    for (Preview.Example example : preview.examples()) {
      ObjectNode row = rows.addObject();
      row.set("entity", ValueShown.named(preview.entity().keys(), example.key()));
      row.put("event_time", example.eventTime().toString());
      row.set("values", ValueShown.named(fields, example.values()));
    }
    return json;
  }

  private static void add(ObjectNode node, FeatureProfile profile) {
    node.put("name", profile.feature().name())
        .put("type", profile.feature().type().toString())
        .put("nulls", profile.nulls())
        .put("null_share", profile.nullShare());
    Spread spread = profile.spread();
    if (spread instanceof Spread.Numbers numbers) {
      node.put("min", numbers.least()).put("mean", numbers.mean()).put("max", numbers.greatest());
      node.put("nan", numbers.notANumber());
      node.set("histogram", Console.tree(numbers.histogram()));
    } else if (spread instanceof Spread.Times times) {
      node.put("min", times.least().toString()).put("max", times.greatest().toString());
      node.set("histogram", Console.tree(times.histogram()));
    } else if (spread instanceof Spread.Words words) {
      ArrayNode most = node.putArray("most_frequent");
      words
          .most()
          .forEach(
              word ->
                  most.addObject()
                      .put("count", word.count())
                      .set("value", ValueShown.json(word.value())));
    }
  }
}
