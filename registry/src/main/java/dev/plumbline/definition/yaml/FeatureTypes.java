package dev.plumbline.definition.yaml;

import dev.plumbline.definition.FeatureView.Feature;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.definition.Source;
import dev.plumbline.expression.Checked;
import dev.plumbline.expression.ExpressionException;
import dev.plumbline.expression.Expressions;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import dev.plumbline.yaml.Problems;
import dev.plumbline.yaml.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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
    if (windowed) {
      declared.stream().filter(each -> !each.windowed()).forEach(FeatureTypes::rejectWindowless);
    }
    List<Declaration> written =
        declared.stream()
            .filter(each -> each.expr().isPresent() && (each.windowed() || !windowed))
            .toList();
    List<Checked> checked = checked(written.stream().map(each -> expr(each).text()).toList());
    List<Feature> features = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      if (checked.get(i) instanceof Checked.Sound sound) {
        features.add(feature(written.get(i), sound.type()));
      } else if (checked.get(i) instanceof Checked.Refused refused) {
        report(expr(written.get(i)), refused.why());
      }
    }
    return features;
  }

  /** As many at once as there are processors; in each part, all together. */
  private List<Checked> checked(List<String> sql) {
    int parts = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), sql.size() / 2));
    return IntStream.range(0, parts)
        .parallel()
        .mapToObj(i -> sql.subList(i * sql.size() / parts, (i + 1) * sql.size() / parts))
        .flatMap(
            part ->
                (windowed
                        ? Expressions.aggregateTypes(part, inputs)
                        : Expressions.types(part, inputs))
                    .stream())
        .toList();
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
              ProblemCode.MIXED_WINDOWS
                  .found("has no window, but other features of the view have")
                  .expected("all or none")
                  .remedy("give it one, or move it to a view of its own"));
    }
  }

  private void report(Scalar expr, ExpressionException refused) {
    problems.add(expr.where(refused.offset()), Refused.complaint("expr", refused.refusal()));
  }

  private static Scalar expr(Declaration declared) {
    return declared.expr().orElseThrow();
  }
}
