package dev.plumbline.definition.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.definition.About;
import dev.plumbline.definition.DatasetDefinition;
import dev.plumbline.definition.DatasetDefinition.Labels;
import dev.plumbline.definition.DatasetDefinition.Split;
import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureService;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Lifecycle;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.OnDemandView.OnMissing;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.Source.BadRows;
import dev.plumbline.definition.Source.EventTime;
import dev.plumbline.definition.Source.Format;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.Window;
import dev.plumbline.timeline.ViewTiming;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Definitions from JSON, the opposite of {@link DefinitionWriter}. */
final class DefinitionReader {
  Revision revision(JsonNode node) {
    return new Revision(
        text(node, "project"),
        byName(list(node, "entities", this::entity), Entity::name),
        byName(list(node, "sources", this::source), Source::name),
        byName(list(node, "feature_views", this::view), FeatureView::id),
        byName(list(node, "on_demand_views", this::onDemandView), OnDemandView::id),
        byName(list(node, "feature_services", this::service), FeatureService::name),
        byName(list(node, "datasets", this::dataset), DatasetDefinition::name));
  }

  private Entity entity(JsonNode node) {
    return new Entity(text(node, "name"), list(node, "keys", DefinitionReader::field), about(node));
  }

  private Source source(JsonNode node) {
    JsonNode time = node.path("event_time");
    return new Source(
        text(node, "name"),
        Format.valueOf(upper(text(node, "format"))),
        text(node, "place"),
        time.isTextual()
            ? new EventTime.ByColumn(time.asText())
            : new EventTime.Constant(Instant.parse(text(time, "constant"))),
        find(node, "arrival_time"),
        find(node, "zone").map(ZoneId::of),
        list(node, "columns", DefinitionReader::column),
        find(node, "query"),
        find(node, "table"),
        find(node, "bad_rows").map(text -> BadRows.valueOf(upper(text))).orElse(BadRows.FAIL),
        about(node));
  }

  private static Source.Column column(JsonNode node) {
    Field field = field(node);
    return new Source.Column(field.name(), field.type(), find(node, "expr"));
  }

  private FeatureView view(JsonNode node) {
    ViewTiming timing =
        new ViewTiming(
            ViewTiming.Shape.valueOf(upper(text(node, "shape"))),
            Duration.parse(text(node, "every")),
            Duration.parse(text(node, "availability_lag")),
            find(node, "max_age").map(Duration::parse));
    return new FeatureView(
        id(node),
        text(node, "entity"),
        text(node, "source"),
        texts(node.path("keys")),
        timing,
        about(node),
        list(node, "features", DefinitionReader::feature),
        list(node, "expect", ExpectationJson::read),
        lifecycle(node));
  }

  private static FeatureView.Feature feature(JsonNode node) {
    return new FeatureView.Feature(
        text(node, "name"),
        text(node, "expr"),
        find(node, "window").map(Window::parse),
        field(node).type(),
        about(node));
  }

  private OnDemandView onDemandView(JsonNode node) {
    return new OnDemandView(
        id(node),
        texts(node.path("roles")),
        list(node, "inputs", each -> reference(each.asText())),
        list(node, "request", DefinitionReader::field),
        OnMissing.valueOf(upper(text(node, "on_missing"))),
        about(node),
        list(node, "features", DefinitionReader::onDemandFeature),
        lifecycle(node));
  }

  private static OnDemandView.Feature onDemandFeature(JsonNode node) {
    return new OnDemandView.Feature(
        text(node, "name"), text(node, "expr"), field(node).type(), about(node));
  }

  private FeatureService service(JsonNode node) {
    Map<FeatureRef, Object> defaults = new LinkedHashMap<>();
    node.path("defaults")
        .properties()
        .forEach(each -> defaults.put(reference(each.getKey()), ValueJson.read(each.getValue())));
    return new FeatureService(
        text(node, "name"),
        texts(node.path("roles")),
        list(node, "features", each -> reference(each.asText())),
        defaults,
        about(node),
        lifecycle(node));
  }

  private DatasetDefinition dataset(JsonNode node) {
    JsonNode labels = node.path("labels");
    Map<String, Map<String, String>> keys = new LinkedHashMap<>();
    labels
        .path("keys")
        .properties()
        .forEach(each -> keys.put(each.getKey(), texts(each.getValue())));
    JsonNode split = node.path("split");
    return new DatasetDefinition(
        text(node, "name"),
        text(node, "service"),
        new Labels(
            text(labels, "source"),
            text(labels, "time"),
            list(labels, "columns", JsonNode::asText),
            keys),
        split.isMissingNode() ? Optional.empty() : Optional.of(split(split)),
        about(node));
  }

  private static Split split(JsonNode node) {
    Split.By by =
        node.has("by")
            ? new Split.Key(text(node, "by"), node.path("seed").asLong())
            : new Split.Time(); // of revisions that knew no other way
    return new Split(
        by,
        node.path("train").asDouble(),
        node.path("validation").asDouble(),
        node.path("test").asDouble());
  }

  private static About about(JsonNode node) {
    return new About(
        find(node, "owner"), find(node, "description"), list(node, "tags", JsonNode::asText));
  }

  private static Lifecycle lifecycle(JsonNode node) {
    return node.path("retired").asBoolean() ? Lifecycle.RETIRED : Lifecycle.ACTIVE;
  }

  private static ViewId id(JsonNode node) {
    return new ViewId(text(node, "name"), node.path("version").asInt());
  }

  private static FeatureRef reference(String text) {
    int colon = text.indexOf(':');
    int at = text.lastIndexOf('@');
    return new FeatureRef(
        text.substring(0, colon),
        text.substring(colon + 1, at),
        Integer.parseInt(text.substring(at + 1)));
  }

  private static Field field(JsonNode node) {
    return new Field(text(node, "name"), DataType.parse(text(node, "type")));
  }

  private static String text(JsonNode node, String key) {
    return find(node, key)
        .orElseThrow(
            () -> new IllegalArgumentException("a registry revision without '" + key + "'"));
  }

  private static Optional<String> find(JsonNode node, String key) {
    return node.has(key) ? Optional.of(node.get(key).asText()) : Optional.empty();
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static Map<String, String> texts(JsonNode node) {
    Map<String, String> map = new LinkedHashMap<>();
    node.properties().forEach(each -> map.put(each.getKey(), each.getValue().asText()));
    return map;
  }

  private static <T> List<T> list(JsonNode node, String key, Function<JsonNode, T> reader) {
    List<T> list = new ArrayList<>();
    node.path(key).forEach(each -> list.add(reader.apply(each)));
    return list;
  }

  private static <K extends Comparable<K>, T> SortedMap<K, T> byName(
      List<T> definitions, Function<T, K> name) {
    SortedMap<K, T> map = new TreeMap<>();
    definitions.forEach(each -> map.put(name.apply(each), each));
    return map;
  }
}
