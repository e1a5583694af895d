package dev.plumbline.definition.yaml;

import dev.plumbline.definition.About;
import dev.plumbline.definition.Entity;
import dev.plumbline.definition.Expectation;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.FeatureView.Feature;
import dev.plumbline.definition.Lifecycle;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.ViewId;
import dev.plumbline.timeline.ViewTiming;
import dev.plumbline.timeline.ViewTiming.Shape;
import dev.plumbline.type.Field;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.YamlMapping;
import dev.plumbline.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code feature_view} documents, after entities and sources. */
final class FeatureViewReader {
  private final Declarations declarations;
  private final Features features;

  FeatureViewReader(Declarations declarations, Features features) {
    this.declarations = declarations;
    this.features = features;
  }

  void read(YamlMapping document) {
    int before = declarations.problems.count();
    Optional<ViewId> id = Names.declareView(document, Kind.FEATURE_VIEW, declarations.views);
    Optional<Scalar> entityName = document.scalar(FeatureViewKeys.ENTITY);
    Optional<Scalar> sourceName = document.scalar(FeatureViewKeys.SOURCE);
    Optional<Entity> entity = entityName.flatMap(n -> declarations.entities.find(n, n.text()));
    Optional<Source> source = sourceName.flatMap(n -> declarations.sources.find(n, n.text()));
    Optional<Map<String, String>> keys = keys(document, entity, source);
    List<Declaration> declared = declared(document);
    declared.forEach(feature -> announce(feature, id, entityName, entity));
    boolean windowed = declared.stream().anyMatch(Declaration::windowed);
    Optional<ViewTiming> timing =
        new TimingReader(declarations.problems).read(document, windowed, source);
    List<Feature> resolved =
        source
            .map(known -> new FeatureTypes(declarations.problems, known, windowed).of(declared))
            .orElse(List.of());
    if (source.isEmpty()) {
      syntax(windowed).check(declared);
    }
    List<Expectation> expectations =
        new ExpectationReader(declarations.problems, windowed, source, declared, resolved)
            .read(document);
    About about = AboutReader.read(document);
    Lifecycle lifecycle = AboutReader.lifecycle(document);
    document.rejectUnknownKeys();
    if (declarations.problems.count() == before && entity.isPresent() && source.isPresent()) {
      declarations.views.add(
          id.orElseThrow(),
          new FeatureView(
              id.get(),
              entity.get().name(),
              source.get().name(),
              keys.orElseThrow(),
              timing.orElseThrow(),
              about,
              resolved,
              expectations,
              lifecycle));
    }
  }

  private FeatureSyntax syntax(boolean windowed) {
    return windowed
        ? FeatureSyntax.ofAggregates(declarations.problems)
        : FeatureSyntax.ofExpressions(declarations.problems);
  }

  private static Optional<Map<String, String>> keys(
      YamlMapping document, Optional<Entity> entity, Optional<Source> source) {
    Optional<YamlValue> written = document.find(FeatureViewKeys.KEYS);
    if (entity.isEmpty() || source.isEmpty()) {
      return Optional.empty();
    }
    List<Field> keys = entity.get().keys();
    if (written.isEmpty() && keys.isEmpty()) {
      return Optional.of(Map.of());
    }
    String whose = "entity '" + entity.get().name() + "'";
    return document
        .require(FeatureViewKeys.KEYS.name(), Columns.example(keys))
        .flatMap(YamlValue::mapping)
        .map(m -> Columns.ofKeys(m.labelled("keys"), keys, whose, source.get().columns()));
  }

  private List<Declaration> declared(YamlMapping document) {
    Optional<YamlValue> list = document.find(FeatureViewKeys.FEATURES);
    return list.map(value -> Declaration.readAll(value, declarations.problems)).orElse(List.of());
  }

  private void announce(
      Declaration feature,
      Optional<ViewId> id,
      Optional<Scalar> entityName,
      Optional<Entity> entity) {
    String name = feature.name().text();
    if (entity.isPresent()
        && entity.get().keys().stream().anyMatch(key -> key.name().equals(name))) {
      feature
          .name()
          .reject(
              "feature",
              ProblemCode.NAME_TAKEN
                  .found("is the name of a key of entity '%s' too", entity.get().name())
                  .remedy("rename the feature"));
    }
    if (id.isPresent()
        && entityName.isPresent()
        && declarations.entities.isDeclared(entityName.get().text())) {
      features.declare(entityName.get().text(), id.get().name(), feature.name());
    }
  }

  static Shape shape(boolean windowed) {
    return windowed ? Shape.WINDOWED : Shape.ROW;
  }
}
