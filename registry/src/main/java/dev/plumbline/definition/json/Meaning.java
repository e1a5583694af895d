package dev.plumbline.definition.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.definition.About;
import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.FeatureView.Feature;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.ViewId;
import dev.plumbline.type.Field;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a {@code view@version} means: the text that stays the same for as long as every value stays
 * the same. Who owns it, how it is described and where its data lies are no part of it, nor is the
 * order of keys in a file.
 */
public record Meaning(String json) {
  /** The meaning of every feature view and on-demand view of {@code revision}. */
  public static SortedMap<ViewId, Meaning> of(Revision revision) {
    SortedMap<ViewId, Meaning> meanings = new TreeMap<>();
    revision.views().forEach((id, view) -> meanings.put(id, of(view, revision)));
    revision.onDemandViews().forEach((id, view) -> meanings.put(id, of(view)));
    return meanings;
  }

  /** SHA-256 of the meaning, in small hexadecimal digits. */
  public String fingerprint() {
    return Fingerprint.of(json);
  }

  /**
   * What differs from {@code other}, in words: {@code features.flights_1d.window: PT24H, was
   * PT168H}.
   */
  public List<String> differences(Meaning other) {
    SortedMap<String, String> mine = leaves();
    SortedMap<String, String> theirs = other.leaves();
    TreeSet<String> paths = new TreeSet<>(mine.keySet());
    paths.addAll(theirs.keySet());
    List<String> differences =
        paths.stream()
            .filter(path -> !Objects.equals(mine.get(path), theirs.get(path)))
            .map(path -> "%s: %s, was %s".formatted(path, shown(mine, path), shown(theirs, path)))
            .toList();
    // Keys are laid out in their order, which their names and types alone do not tell.
    return differences.isEmpty() && !json.equals(other.json)
        ? List.of("the order of its parts, such as the keys of its entity, is another")
        : differences;
  }

  private static String shown(SortedMap<String, String> leaves, String path) {
    return leaves.containsKey(path) ? "'" + leaves.get(path) + "'" : "absent";
  }

  private static Meaning of(FeatureView view, Revision revision) {
    DefinitionWriter writer = new DefinitionWriter();
    Entity entity = Objects.requireNonNull(revision.entities().get(view.entity()));
    Source source = Objects.requireNonNull(revision.sources().get(view.source()));
    ObjectNode node = writer.view(undescribed(view));
    node.set("entity", writer.entity(new Entity(entity.name(), entity.keys())));
    ObjectNode sourceNode = writer.source(undescribed(source));
    sourceNode.remove("place");
    node.set("source", sourceNode);
    return new Meaning(RevisionJson.text(node));
  }

  private static FeatureView undescribed(FeatureView view) {
    return new FeatureView(
        view.id(),
        view.entity(),
        view.source(),
        view.keys(),
        view.timing(),
        About.NOTHING,
        view.features().stream()
            .map(f -> new Feature(f.name(), f.expr(), f.window(), f.type(), About.NOTHING))
            .toList());
  }

  private static Source undescribed(Source source) {
    return new Source(
        source.name(),
        source.format(),
        source.place(),
        source.eventTime(),
        source.arrivalTime(),
        source.zone(),
        source.columns(),
        source.query(),
        Optional.empty(),
        source.badRows(),
        About.NOTHING);
  }

  /** Nothing of an on-demand view depends on the order of its parts. */
  private static Meaning of(OnDemandView view) {
    OnDemandView bare =
        new OnDemandView(
            view.id(),
            new TreeMap<>(view.roles()),
            view.inputs().stream().sorted(Comparator.comparing(FeatureRef::toString)).toList(),
            view.request().stream().sorted(Comparator.comparing(Field::name)).toList(),
            view.onMissing(),
            view.features().stream()
                .map(f -> new OnDemandView.Feature(f.name(), f.expr(), f.type(), About.NOTHING))
                .toList());
    return new Meaning(RevisionJson.text(new DefinitionWriter().onDemandView(bare)));
  }

  private SortedMap<String, String> leaves() {
    SortedMap<String, String> leaves = new TreeMap<>();
    collect("", RevisionJson.tree(json), leaves);
    return leaves;
  }

  private static void collect(String path, JsonNode node, SortedMap<String, String> leaves) {
    if (node.isObject()) {
      node.properties()
          .forEach(each -> collect(join(path, each.getKey()), each.getValue(), leaves));
    } else if (node.isArray()) {
      int position = 0;
      for (JsonNode each : node) {
        String name = each.has("name") ? each.get("name").asText() : String.valueOf(position);
        collect(join(path, name), each, leaves);
        position++;
      }
    } else {
      leaves.put(path, node.asText());
    }
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
