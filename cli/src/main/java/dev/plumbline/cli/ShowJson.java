package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.offline.preview.KnownValues;
import dev.plumbline.type.Field;
import java.util.List;

/** All that is told of one thing, for programs. */
final class ShowJson {
  private ShowJson() {}

  static ObjectNode of(Shown shown) {
    ObjectNode json = shown.looked().json();
    json.setAll(ItemText.json(shown.item()));
    json.set("definition", shown.definition());
    json.put("yaml", shown.yaml());
    shown.tree().ifPresent(tree -> json.set("files", tree(tree)));
    shown.fingerprint().ifPresent(fingerprint -> json.put("fingerprint", fingerprint));
    shown.metadataFingerprint().ifPresent(print -> json.put("metadata_fingerprint", print));
    ArrayNode features = json.putArray("features");
    for (Field field : shown.fields()) {
      ObjectNode feature =
          features.addObject().put("name", field.name()).put("type", field.type().toString());
      shown.fingerprint(field.name()).ifPresent(print -> feature.put("fingerprint", print));
    }
    ArrayNode versions = json.putArray("versions");
    shown.versions().forEach(version -> add(versions.addObject(), version));
    shown
        .stored()
        .ifPresent(
            stored -> {
              stored.freshness().ifPresent(fresh -> json.set("freshness", freshness(fresh)));
              json.set("examples", examples(stored));
            });
    json.set("used_by", UseTree.json(shown.uses()).path("used_by"));
    return json;
  }

  private static ObjectNode tree(TreeComparison tree) {
    ObjectNode json = Console.json();
    if (tree instanceof TreeComparison.Differs differs) {
      ArrayNode lines = json.put("comparison", "differs").putArray("lines");
      differs.lines().forEach(lines::add);
      return json;
    }
    if (tree instanceof TreeComparison.Unreadable unreadable) {
      return json.put("comparison", "unreadable").put("problems", unreadable.problems());
    }
    return json.put("comparison", tree instanceof TreeComparison.Gone ? "gone" : "same");
  }

  private static void add(ObjectNode node, VersionState version) {
    node.put("version", version.view().version())
        .put("state", version.state().toString())
        .put("fingerprint", version.fingerprint());
    version.firstRevision().ifPresent(number -> node.put("first_revision", number));
    version.materializedTo().ifPresent(at -> node.put("materialized_to", at.toString()));
    version.publishedAt().ifPresent(at -> node.put("published_at", at.toString()));
  }

  private static ObjectNode freshness(Freshness fresh) {
    ObjectNode json = Console.json().put("refresh", fresh.refresh().toString());
    fresh.publishedAt().ifPresent(at -> json.put("published_at", at.toString()));
    fresh.age().ifPresent(age -> json.put("age_seconds", age.toNanos() / 1e9));
    fresh.maxAge().ifPresent(most -> json.put("max_age_seconds", most.toNanos() / 1e9));
    json.put("expired", fresh.isExpired());
    fresh.nextDueAt().ifPresent(at -> json.put("next_due_at", at.toString()));
    return json;
  }

  private static ObjectNode examples(Shown.Stored stored) {
    ObjectNode json = Console.json().put("as_of", stored.examples().at().toString());
    if (!stored.examples().missing().isEmpty()) {
      json.put("missing", stored.examples().missing());
    }
    ArrayNode entities = json.putArray("entities");
    for (KnownValues known : stored.examples().entities()) {
      ObjectNode node = entities.addObject();
      node.set("entity", ValueShown.named(stored.entity().keys(), known.key()));
      node.put("status", known.status().toString());
      known.eventTime().ifPresent(at -> node.put("event_time", at.toString()));
      List<Field> fields = known.values().isEmpty() ? List.of() : stored.view().fields();
      node.set("values", ValueShown.named(fields, known.values()));
    }
    return json;
  }
}
