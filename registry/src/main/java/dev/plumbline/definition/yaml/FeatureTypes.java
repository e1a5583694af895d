package dev.plumbline.definition.yaml;

import dev.plumbline.definition.FeatureView.Feature;
import dev.plumbline.definition.ProblemCode;
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

  /** The features whose expressions are sound; the others are reported. */
  List<Feature> of(List<Declaration> declared) {
    List<Feature> features = new ArrayList<>();
    for (Declaration each : declared) {
      if (windowed && !each.windowed()) {
        rejectWindowless(each);
      } else if (each.expr().isPresent()) {
        Scalar expr = each.expr().get();
        type(expr)
            .ifPresent(
                type ->
                    features.add(
                        new Feature(
                            each.name().text(), expr.text(), each.window(), type, each.about())));
      }
    }
    return features;
  }

  /** Unless the window is there, only misspelt. */
  private static void rejectWindowless(Declaration feature) {
    if (feature.sound()) {
      feature
          .name()
          .reject(
              "feature",
              ProblemCode.MIXED_WINDOWS
                  .found("has no window, but other features of the view have")
                  .expected("all or none")
                  .remedy("give it one, or move it to a view of its own"));
    }
  }

  private Optional<DataType> type(Scalar expr) {
    try {
      return Optional.of(
          windowed
              ? Expressions.aggregate(expr.text(), inputs).type()
              : Expressions.compile(expr.text(), inputs).type());
    } catch (ExpressionException e) {
      problems.add(expr.where(e.offset()), Refused.complaint("expr", e.refusal()));
      return Optional.empty();
    }
  }
}
