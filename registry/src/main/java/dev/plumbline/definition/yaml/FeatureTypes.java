package dev.plumbline.definition.yaml;

import dev.plumbline.definition.FeatureView.Feature;
import dev.plumbline.definition.Source;
import dev.plumbline.expression.ExpressionException;
import dev.plumbline.expression.Expressions;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import dev.plumbline.yaml.Problems;
import dev.plumbline.yaml.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the types of a view's features from their expressions. */
final class FeatureTypes {
  private final Problems problems;
  private final List<Field> inputs;
  private final boolean windowed;

  FeatureTypes(Problems problems, Source source, boolean windowed) {
    this.problems = problems;
    this.inputs = source.fields();
    this.windowed = windowed;
  }

  /** An expression with its type, or with why it has none. */
  private record Typed(
      Declaration declared, Optional<DataType> type, Optional<ExpressionException> refusal) {}

  /** The features whose expressions are sound; the others are reported. */
  List<Feature> of(List<Declaration> declared) {
    if (windowed) {
      declared.stream().filter(each -> !each.windowed()).forEach(FeatureTypes::rejectWindowless);
    }
    List<Typed> typed =
        declared.stream()
            .filter(each -> each.expr().isPresent() && (each.windowed() || !windowed))
            .toList()
            .parallelStream() // in the order of the features all the same
            .map(this::typed)
            .toList();
    List<Feature> features = new ArrayList<>();
    for (Typed each : typed) {
      each.refusal().ifPresent(why -> report(expr(each.declared()), why));
      each.type().ifPresent(type -> features.add(feature(each.declared(), type)));
    }
    return features;
  }

  private static Feature feature(Declaration declared, DataType type) {
    return new Feature(
        declared.name().text(), expr(declared).text(), declared.window(), type, declared.about());
  }

  /** Unless the window is there, only misspelt. */
  private static void rejectWindowless(Declaration feature) {
    if (feature.sound()) {
      feature
          .name()
          .reject(
              "feature",
              "has no window, but other features of the view have (expected: all or none); give it one, or move it to a view of its own");
    }
  }

  private Typed typed(Declaration declared) {
    try {
      return new Typed(declared, Optional.of(type(expr(declared).text())), Optional.empty());
    } catch (ExpressionException refusal) {
      return new Typed(declared, Optional.empty(), Optional.of(refusal));
    }
  }

  private DataType type(String sql) {
    return windowed ? Expressions.aggregate(sql, inputs).type() : Expressions.type(sql, inputs);
  }

  private void report(Scalar expr, ExpressionException refusal) {
    problems.add(expr.where(refusal.offset()), "expr: " + refusal.getMessage());
  }

  private static Scalar expr(Declaration declared) {
    return declared.expr().orElseThrow();
  }
}
