package dev.plumbline.definition;

import dev.plumbline.definition.Source.Column;
import dev.plumbline.definition.Source.EventTime;
import dev.plumbline.expression.CanonicalExpressions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns of a source on which rows of a view depend: those of its keys, of event and arrival
 * time, and those that its features read. All of them where each may put a bad row aside.
 */
public final class ReachedColumns {
  private final FeatureView view;
  private final Source source;

  public ReachedColumns(FeatureView view, Source source) {
    this.view = view;
    this.source = source;
  }

  /** Of the view, in the order of the source. */
  public List<Column> ofView() {
    Set<String> names = shared();
    view.features().forEach(feature -> names.addAll(readBy(feature)));
    return named(names);
  }

  /** Of a view without features, in the order of the source. */
  public List<Column> ofKeysAndTimes() {
    return named(shared());
  }

  /** Those that the expression of a feature names, and perhaps those of its keys and times. */
  public List<Column> ofExpression(FeatureView.Feature feature) {
    return named(readBy(feature));
  }

  private Set<String> shared() {
    Set<String> names = new HashSet<>(view.keys().values());
    if (source.eventTime() instanceof EventTime.ByColumn time) {
      names.add(time.column());
    }
    source.arrivalTime().ifPresent(names::add);
    if (source.badRows() == Source.BadRows.QUARANTINE) {
      source.columns().forEach(column -> names.add(column.name()));
    }
    return names;
  }

  private Set<String> readBy(FeatureView.Feature feature) {
    return view.isWindowed()
        ? CanonicalExpressions.aggregate(feature.expr(), source.fields()).references()
        : CanonicalExpressions.scalar(feature.expr(), source.fields()).references();
  }

  private List<Column> named(Set<String> names) {
    return source.columns().stream().filter(column -> names.contains(column.name())).toList();
  }
}
