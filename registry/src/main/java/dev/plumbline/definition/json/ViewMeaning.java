package dev.plumbline.definition.json;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.FeatureView.Feature;
import dev.plumbline.definition.ReachedColumns;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.Source.BadRows;
import dev.plumbline.definition.Source.EventTime;
import dev.plumbline.definition.Source.Format;
import dev.plumbline.definition.Window;
import dev.plumbline.definition.json.Meaning.FeatureMeaning;
import dev.plumbline.definition.json.Meaning.Part;
import dev.plumbline.expression.CanonicalExpressions;
import dev.plumbline.type.Field;
import dev.plumbline.yaml.DurationText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes the meaning of one feature view. */
final class ViewMeaning {
  private final FeatureView view;
  private final Source source;
  private final Entity entity;
  private final ReachedColumns reached;

  private ViewMeaning(FeatureView view, Revision revision) {
    this.view = view;
    this.source = revision.source(view.source());
    this.entity = revision.entity(view.entity());
    this.reached = new ReachedColumns(view, source);
  }

  static Meaning of(FeatureView view, Revision revision) {
    ViewMeaning meaning = new ViewMeaning(view, revision);
    SortedMap<String, FeatureMeaning> features = new TreeMap<>();
    view.features().forEach(each -> features.put(each.name(), meaning.feature(each)));
    return Meaning.of(meaning.shared(), Map.of(), features);
  }

  private SortedMap<String, Part> shared() {
    SortedMap<String, Part> parts = columns(reached.ofKeysAndTimes());
    parts.put("entity", Part.of(entity.name()));
    parts.put("entity.keys", Part.of(fields(entity.keys())));
    view.keys().forEach((key, column) -> parts.put("keys." + key, Part.of(column)));
    parts.put("shape", Part.of(view.timing().shape().name().toLowerCase(Locale.ROOT)));
    parts.put("every", Part.of(DurationText.of(view.timing().every())));
    parts.put("availability_lag", Part.of(DurationText.of(view.timing().availabilityLag())));
    view.timing().maxAge().ifPresent(age -> parts.put("max_age", Part.of(DurationText.of(age))));
    putSource(parts);
    return parts;
  }

  private void putSource(SortedMap<String, Part> parts) {
    parts.put("source", Part.of(source.name()));
    parts.put("source.format", Part.of(source.format().name().toLowerCase(Locale.ROOT)));
    parts.put("source.event_time", eventTime());
    source.arrivalTime().ifPresent(name -> parts.put("source.arrival_time", Part.of(name)));
    source.zone().ifPresent(zone -> parts.put("source.zone", Part.of(zone.getId())));
    source.query().ifPresent(sql -> parts.put("source.query", new Part(canonical(sql), sql)));
    if (source.badRows() != BadRows.FAIL) {
      parts.put("source.bad_rows", Part.of(source.badRows().name().toLowerCase(Locale.ROOT)));
    }
  }

  private Part eventTime() {
    return source.eventTime() instanceof EventTime.Constant constant
        ? Part.of("{constant: %s}".formatted(constant.instant()))
        : Part.of(((EventTime.ByColumn) source.eventTime()).column());
  }

  private String canonical(String query) {
    List<String> over =
        reached.ofView().stream().flatMap(column -> column.expr().stream()).toList();
    return source.format() == Format.JDBC
        ? CanonicalExpressions.foreignQuery(query)
        : CanonicalExpressions.query(query, over);
  }

  private FeatureMeaning feature(Feature feature) {
    SortedMap<String, Part> own = new TreeMap<>();
    String expr =
        view.isWindowed()
            ? CanonicalExpressions.aggregate(feature.expr(), source.fields()).text()
            : CanonicalExpressions.scalar(feature.expr(), source.fields()).text();
    own.put("expr", new Part(expr, feature.expr()));
    own.put("type", Part.of(feature.type().toString()));
    feature.window().ifPresent(window -> own.put("window", Part.of(written(window))));
    return new FeatureMeaning(own, columns(reached.ofExpression(feature)));
  }

  private static String written(Window window) {
    return window instanceof Window.Last last ? DurationText.of(last.length()) : Window.ALL;
  }

  private static SortedMap<String, Part> columns(List<Source.Column> columns) {
    SortedMap<String, Part> parts = new TreeMap<>();
    for (Source.Column column : columns) {
      String path = "source.columns." + column.name();
      parts.put(path + ".type", Part.of(column.type().toString()));
      column
          .expr()
          .ifPresent(
              sql -> parts.put(path + ".expr", new Part(CanonicalExpressions.raw(sql), sql)));
    }
    return parts;
  }

  static String fields(List<Field> fields) {
    return fields.stream()
        .map(field -> field.name() + " " + field.type())
        .collect(Collectors.joining(", "));
  }
}
