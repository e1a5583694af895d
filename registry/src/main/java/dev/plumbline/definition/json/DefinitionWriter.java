package dev.plumbline.definition.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.definition.About;
import dev.plumbline.definition.DatasetDefinition;
import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureService;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Lifecycle;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.ViewId;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Definitions as JSON, the opposite of {@link DefinitionReader}. */
final class DefinitionWriter {
  ObjectNode revision(Revision revision) {
    ObjectNode node = object();
    node.put("format", RevisionJson.FORMAT);
    node.put("project", revision.project());
    node.set("entities", array(revision.entities().values(), this::entity));
    node.set("sources", array(revision.sources().values(), this::source));
    node.set("feature_views", array(revision.views().values(), this::view));
    node.set("on_demand_views", array(revision.onDemandViews().values(), this::onDemandView));
    node.set(
        "feature_services",
        array(revision.services().values(), service -> service(service, revision)));
    node.set("datasets", array(revision.datasets().values(), this::dataset));
    return node;
  }

  ObjectNode entity(Entity entity) {
    ObjectNode node = object().put("name", entity.name());
    node.set("keys", array(entity.keys(), DefinitionWriter::field));
    return about(node, entity.about());
  }

  ObjectNode source(Source source) {
    ObjectNode node = object().put("name", source.name());
    node.put("format", source.format().name().toLowerCase(Locale.ROOT));
    node.put("place", source.place());
    if (source.eventTime() instanceof Source.EventTime.ByColumn byColumn) {
      node.put("event_time", byColumn.column());
    } else if (source.eventTime() instanceof Source.EventTime.Constant constant) {
      node.putObject("event_time").put("constant", constant.instant().toString());
    }
    source.arrivalTime().ifPresent(column -> node.put("arrival_time", column));
    source.zone().ifPresent(zone -> node.put("zone", zone.getId()));
    node.set("columns", array(source.columns(), DefinitionWriter::column));
    source.query().ifPresent(query -> node.put("query", query));
    source.table().ifPresent(table -> node.put("table", table));
    if (source.badRows() != Source.BadRows.FAIL) { // the default of revisions that never said
      node.put("bad_rows", source.badRows().name().toLowerCase(Locale.ROOT));
    }
    return about(node, source.about());
  }

  private static ObjectNode column(Source.Column column) {
    ObjectNode node = field(column.field());
    column.expr().ifPresent(expr -> node.put("expr", expr));
    return node;
  }

  ObjectNode view(FeatureView view) {
    ObjectNode node = id(view.id());
    node.put("entity", view.entity());
    node.put("source", view.source());
    node.set("keys", texts(view.keys()));
    node.put("shape", view.timing().shape().name().toLowerCase(Locale.ROOT));
    node.put("every", view.timing().every().toString());
    node.put("availability_lag", view.timing().availabilityLag().toString());
    view.timing().maxAge().ifPresent(age -> node.put("max_age", age.toString()));
    about(node, view.about());
    lifecycle(node, view.lifecycle());
    node.set("features", array(view.features(), DefinitionWriter::feature));
    if (!view.expectations().isEmpty()) {
      ExpectationJson expectations = new ExpectationJson(view.fields());
      node.set("expect", array(view.expectations(), expectations::write));
    }
    return node;
  }

  private static ObjectNode feature(FeatureView.Feature feature) {
    ObjectNode node = field(feature.field()).put("expr", feature.expr());
    feature.window().ifPresent(window -> node.put("window", window.toString()));
    return about(node, feature.about());
  }

  ObjectNode onDemandView(OnDemandView view) {
    ObjectNode node = id(view.id());
    node.set("roles", texts(view.roles()));
    node.set("inputs", references(view.inputs()));
    node.set("request", array(view.request(), DefinitionWriter::field));
    node.put("on_missing", view.onMissing().name().toLowerCase(Locale.ROOT));
    about(node, view.about());
    lifecycle(node, view.lifecycle());
    node.set("features", array(view.features(), DefinitionWriter::onDemandFeature));
    return node;
  }

  private static ObjectNode onDemandFeature(OnDemandView.Feature feature) {
    ObjectNode node = field(feature.field()).put("expr", feature.expr());
    return about(node, feature.about());
  }

  private ObjectNode service(FeatureService service, Revision revision) {
    ObjectNode node = object().put("name", service.name());
    node.set("roles", texts(service.roles()));
    node.set("features", references(service.features()));
    ObjectNode defaults = node.putObject("defaults");
    for (FeatureRef reference : service.features()) {
      Object value = service.defaults().get(reference);
      if (value != null) {
        defaults.set(
            reference.toString(), ValueJson.write(type(reference, service, revision), value));
      }
    }
    lifecycle(node, service.lifecycle());
    return about(node, service.about());
  }

  private static DataType type(FeatureRef reference, FeatureService service, Revision revision) {
    String entity = service.roles().get(reference.role());
    if (entity != null) {
      FeatureView view =
          revision.viewOf(entity, reference.feature(), reference.version()).orElseThrow();
      return view.find(reference.feature()).orElseThrow().type();
    }
    ViewId id = new ViewId(reference.role(), reference.version());
    OnDemandView view = Objects.requireNonNull(revision.onDemandViews().get(id));
    return view.features().stream()
        .filter(feature -> feature.name().equals(reference.feature()))
        .findFirst()
        .orElseThrow()
        .type();
  }

  private ObjectNode dataset(DatasetDefinition dataset) {
    ObjectNode node = object().put("name", dataset.name()).put("service", dataset.service());
    ObjectNode labels = node.putObject("labels");
    labels.put("source", dataset.labels().source());
    labels.put("time", dataset.labels().time());
    ArrayNode columns = labels.putArray("columns");
    dataset.labels().columns().forEach(columns::add);
    ObjectNode keys = labels.putObject("keys");
    dataset.labels().keys().forEach((role, byKey) -> keys.set(role, texts(byKey)));
    dataset.split().ifPresent(split -> node.set("split", split(split)));
    return about(node, dataset.about());
  }

  private static ObjectNode split(DatasetDefinition.Split split) {
    ObjectNode node = object();
    if (split.by() instanceof DatasetDefinition.Split.Key key) {
      node.put("by", key.name()).put("seed", key.seed());
    }
    return node.put("train", split.train())
        .put("validation", split.validation())
        .put("test", split.test());
  }

  private static ObjectNode id(ViewId id) {
    return object().put("name", id.name()).put("version", id.version());
  }

  private static ObjectNode field(Field field) {
    return object().put("name", field.name()).put("type", field.type().toString());
  }

  private static ObjectNode about(ObjectNode node, About about) {
    about.owner().ifPresent(text -> node.put("owner", text));
    about.description().ifPresent(text -> node.put("description", text));
    if (!about.tags().isEmpty()) {
      ArrayNode tags = node.putArray("tags");
      about.tags().forEach(tags::add);
    }
    return node;
  }

  private static void lifecycle(ObjectNode node, Lifecycle lifecycle) {
    if (lifecycle == Lifecycle.RETIRED) {
      node.put("retired", true);
    }
  }

  private static ArrayNode references(List<FeatureRef> references) {
    ArrayNode node = JsonNodeFactory.instance.arrayNode();
    references.forEach(reference -> node.add(reference.toString()));
    return node;
  }

  private static ObjectNode texts(Map<String, String> map) {
    ObjectNode node = object();
    map.forEach(node::put);
    return node;
  }

  private static <T> ArrayNode array(Collection<T> values, Function<T, ObjectNode> writer) {
    ArrayNode node = JsonNodeFactory.instance.arrayNode();
    values.forEach(value -> node.add(writer.apply(value)));
    return node;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
