package dev.plumbline.definition.json;

import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.OnDemandView.Feature;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.json.Meaning.FeatureMeaning;
import dev.plumbline.definition.json.Meaning.Part;
import dev.plumbline.expression.Canonical;
import dev.plumbline.expression.CanonicalExpressions;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Makes the meaning of one on-demand view. */
final class OnDemandMeaning {
  private final OnDemandView view;

  /** What expressions see, in the order in which they were compiled. */
  private final List<Field> fields;

  /** Of each input, the view that has it: another may have a feature of that name later on. */
  private final Map<FeatureRef, String> views;

  private OnDemandMeaning(OnDemandView view, Revision revision) {
    this.view = view;
    this.fields = new ArrayList<>();
    this.views = new HashMap<>();
    for (FeatureRef input : view.inputs()) {
      FeatureView of = viewOf(input, view, revision);
      DataType type = of.find(input.feature()).orElseThrow().type();
      fields.add(new Field(input.role() + "." + input.feature(), type));
      views.put(input, of.id().name());
    }
    fields.addAll(view.request());
  }

  static Meaning of(OnDemandView view, Revision revision) {
    OnDemandMeaning meaning = new OnDemandMeaning(view, revision);
    SortedMap<String, FeatureMeaning> features = new TreeMap<>();
    view.features().forEach(each -> features.put(each.name(), meaning.feature(each)));
    return Meaning.of(meaning.shared(), meaning.request(any -> true), features);
  }

  private static FeatureView viewOf(FeatureRef input, OnDemandView view, Revision revision) {
    return revision.viewOf(entity(input, view), input.feature(), input.version()).orElseThrow();
  }

  private static String entity(FeatureRef input, OnDemandView view) {
    return Objects.requireNonNull(view.roles().get(input.role()), input.role());
  }

  /** A role that no input has is not read. */
  private SortedMap<String, Part> shared() {
    SortedMap<String, Part> parts = new TreeMap<>();
    parts.put("on_missing", Part.of(view.onMissing().name().toLowerCase(Locale.ROOT)));
    for (FeatureRef input : view.inputs()) {
      String path = "inputs." + input.role() + ":" + input.feature();
      parts.put(path, Part.of("@" + input.version()));
      parts.put(path + ".feature_view", Part.of(Objects.requireNonNull(views.get(input))));
      parts.put("roles." + input.role(), Part.of(entity(input, view)));
    }
    return parts;
  }

  private SortedMap<String, Part> request(Predicate<String> isRead) {
    SortedMap<String, Part> parts = new TreeMap<>();
    for (Field value : view.request()) {
      if (isRead.test(value.name())) {
        parts.put("request." + value.name(), Part.of(value.type().toString()));
      }
    }
    return parts;
  }

  private FeatureMeaning feature(Feature feature) {
    Canonical expr = CanonicalExpressions.scalar(feature.expr(), fields);
    SortedMap<String, Part> own = new TreeMap<>();
    own.put("expr", new Part(expr.text(), feature.expr()));
    own.put("type", Part.of(feature.type().toString()));
    return new FeatureMeaning(own, request(expr.references()::contains));
  }
}
