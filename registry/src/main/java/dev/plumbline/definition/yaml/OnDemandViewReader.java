package dev.plumbline.definition.yaml;

import dev.plumbline.definition.About;
import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.Lifecycle;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.OnDemandView.Feature;
import dev.plumbline.definition.OnDemandView.OnMissing;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.definition.ViewId;
import dev.plumbline.expression.ExpressionException;
import dev.plumbline.expression.Expressions;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.YamlMapping;
import dev.plumbline.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code on_demand_view} documents, after feature views. */
final class OnDemandViewReader {
  private final Declarations declarations;
  private final References references;
  private final Roles roles;

  OnDemandViewReader(Declarations declarations, References references, Roles roles) {
    this.declarations = declarations;
    this.references = references;
    this.roles = roles;
  }

  void read(YamlMapping document) {
    int before = declarations.problems.count();
    Optional<ViewId> id =
        Names.declareView(document, Kind.ON_DEMAND_VIEW, declarations.onDemandViews);
    Map<String, String> roleEntities = roles.read(document);
    List<Scalar> written =
        document.find(OnDemandViewKeys.INPUTS).map(YamlValue::scalars).orElse(List.of());
    List<References.Resolved.Stored> inputs = inputs(written, roleEntities);
    List<Field> request =
        document
            .find(OnDemandViewKeys.REQUEST)
            .map(
                list ->
                    new Fields(FieldKeys.REQUEST_VALUE, declarations.problems)
                        .read(list, Scalar::dataType))
            .orElse(List.of());
    OnMissing onMissing = onMissing(document);
    List<Declaration> declared =
        document
            .find(OnDemandViewKeys.FEATURES)
            .map(list -> Declaration.readAllWithoutWindow(list, declarations.problems))
            .orElse(List.of());
    boolean known = inputs.size() == written.size() && declarations.problems.count() == before;
    List<Feature> features = known ? features(declared, inputs, request) : List.of();
    if (!known) {
      FeatureSyntax.ofExpressions(declarations.problems).check(declared);
    }
    About about = AboutReader.read(document);
    Lifecycle lifecycle = AboutReader.lifecycle(document);
    document.rejectUnknownKeys();
    if (known && declarations.problems.count() == before) {
      declarations.onDemandViews.add(
          id.orElseThrow(),
          new OnDemandView(
              id.get(),
              roleEntities,
              inputs.stream().map(References.Resolved::reference).toList(),
              request,
              onMissing,
              about,
              features,
              lifecycle));
    }
  }

  private List<References.Resolved.Stored> inputs(
      List<Scalar> written, Map<String, String> roleEntities) {
    List<References.Resolved.Stored> inputs = new ArrayList<>();
    for (Scalar each : written) {
      Optional<References.Resolved> resolved = references.resolve(each, roleEntities);
      if (resolved.isPresent() && resolved.get() instanceof References.Resolved.Stored stored) {
        roleEntities.putIfAbsent(stored.reference().role(), stored.entity());
        addInput(inputs, stored, each);
      } else if (resolved.isPresent()) {
        each.reject(
            "input",
            ProblemCode.NOT_STORED
                .found("is an on-demand feature")
                .expected("a feature of a feature view")
                .remedy("name the features that it is made of"));
      }
    }
    return inputs;
  }

  private static void addInput(
      List<References.Resolved.Stored> inputs, References.Resolved.Stored input, Scalar text) {
    String name = name(input.reference());
    if (inputs.stream().anyMatch(other -> name(other.reference()).equals(name))) {
      text.reject(
          "input",
          ProblemCode.LISTED_TWICE
              .found("is '%s' to expressions, as another input is", name)
              .remedy("remove one"));
    }
    inputs.add(input);
  }

  private static String name(FeatureRef reference) {
    return reference.role() + "." + reference.feature();
  }

  private static OnMissing onMissing(YamlMapping document) {
    Optional<YamlValue> value = document.findNullable(OnDemandViewKeys.ON_MISSING);
    if (value.filter(YamlValue::isNull).isPresent()) {
      return OnMissing.NULL;
    }
    return value
        .flatMap(YamlValue::scalar)
        .flatMap(text -> text.oneOf(OnMissing.values()))
        .orElse(OnMissing.PROPAGATE);
  }

  private List<Feature> features(
      List<Declaration> declared, List<References.Resolved.Stored> inputs, List<Field> request) {
    List<Field> fields = new ArrayList<>();
    inputs.forEach(input -> fields.add(new Field(name(input.reference()), input.type())));
    fields.addAll(request);
    List<Feature> features = new ArrayList<>();
    for (Declaration each : declared) {
      each.expr()
          .flatMap(expr -> type(expr, fields))
          .ifPresent(type -> features.add(feature(each, type)));
    }
    return features;
  }

  private static Feature feature(Declaration declared, DataType type) {
    return new Feature(
        declared.name().text(), declared.expr().orElseThrow().text(), type, declared.about());
  }

  private Optional<DataType> type(Scalar expr, List<Field> fields) {
    try {
      return Optional.of(Expressions.type(expr.text(), fields));
    } catch (ExpressionException e) {
      declarations.problems.add(expr.where(e.offset()), Refused.complaint("expr", e.refusal()));
      return Optional.empty();
    }
  }
}
