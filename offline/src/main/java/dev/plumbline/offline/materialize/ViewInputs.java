package dev.plumbline.offline.materialize;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.Window;
import dev.plumbline.expression.AggregateCall;
import dev.plumbline.expression.Expressions;
import dev.plumbline.timeline.ViewTiming;
import dev.plumbline.timeline.log.ChangeLog;
import dev.plumbline.timeline.log.RowViewChangeLog;
import dev.plumbline.timeline.log.WindowedChangeLog;
import dev.plumbline.timeline.window.AggregateFunction;
import dev.plumbline.timeline.window.WindowedFeature;
import dev.plumbline.type.Field;
import dev.plumbline.type.Micros;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the features of a view take from each source row.
 *
 * @param fields distinct scalar expressions, each named by its SQL; in a row view the features
 *     themselves, in order
 * @param windowed how each feature folds them; empty in a row view
 * @param breaksTies whether the order of rows of one instant matters
 */
record ViewInputs(List<Field> fields, List<WindowedFeature> windowed, boolean breaksTies)
    implements Serializable {
  ViewInputs {
    fields = List.copyOf(fields);
    windowed = List.copyOf(windowed);
  }

  static ViewInputs of(FeatureView view, Source source) {
    if (!view.isWindowed()) {
      return new ViewInputs(
          view.features().stream()
              .map(feature -> new Field(feature.expr(), feature.type()))
              .toList(),
          List.of(),
          true);
    }
    List<Field> fields = new ArrayList<>();
    List<WindowedFeature> windowed = new ArrayList<>();
    boolean ties = false;
    for (FeatureView.Feature feature : view.features()) {
      AggregateCall call = Expressions.aggregate(feature.expr(), source.fields());
      OptionalInt input =
          call.argument()
              .map(sql -> OptionalInt.of(index(fields, new Field(sql, call.argumentType()))))
              .orElseGet(OptionalInt::empty);
      windowed.add(
          new WindowedFeature(
              feature.name(),
              call.function(),
              input,
              call.argumentType(),
              length(feature.window().orElseThrow())));
      ties |=
          call.function() == AggregateFunction.FIRST || call.function() == AggregateFunction.LAST;
    }
    return new ViewInputs(fields, windowed, ties);
  }

  private static long length(Window window) {
    return window instanceof Window.Last last ? Micros.of(last.length()) : WindowedFeature.ALL;
  }

  private static int index(List<Field> fields, Field field) {
    if (!fields.contains(field)) {
      fields.add(field);
    }
    return fields.indexOf(field);
  }

  /** How runs of the view fold these inputs into its log. */
  ChangeLog changeLog(ViewTiming timing) {
    return timing.shape() == ViewTiming.Shape.WINDOWED
        ? new WindowedChangeLog(timing, windowed)
        : new RowViewChangeLog(timing);
  }
}
