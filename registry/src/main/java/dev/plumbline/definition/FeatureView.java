package dev.plumbline.definition;

import dev.plumbline.timeline.ViewTiming;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Features of one entity from one source: the unit of materialisation, storage and serving.
 *
 * @param keys from each key of the entity, in its order, to the source column that holds it
 * @param features in the order of their names when read from a file, so that moving one changes
 *     nothing
 * @param expectations of its runs, in their order; no part of its meaning
 */
public record FeatureView(
    ViewId id,
    String entity,
    String source,
    Map<String, String> keys,
    ViewTiming timing,
    About about,
    List<Feature> features,
    List<Expectation> expectations,
    Lifecycle lifecycle) {
  /**
   * One feature of a view.
   *
   * @param expr in a windowed view an aggregate call over the source's columns, else an expression
   *     over them
   * @param window present in a windowed view
   * @param type resolved from the expression
   */
  public record Feature(
      String name, String expr, Optional<Window> window, DataType type, About about) {
    public Field field() {
      return new Field(name, type);
    }
  }

  public FeatureView {
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    features = List.copyOf(features);
    expectations = expectations.stream().sorted(Expectation.ORDER).toList();
  }

  /** A view in use that expects nothing of its runs. */
  public FeatureView(
      ViewId id,
      String entity,
      String source,
      Map<String, String> keys,
      ViewTiming timing,
      About about,
      List<Feature> features) {
    this(id, entity, source, keys, timing, about, features, List.of(), Lifecycle.ACTIVE);
  }

  public boolean isWindowed() {
    return timing.shape() == ViewTiming.Shape.WINDOWED;
  }

  public List<Field> fields() {
    return features.stream().map(Feature::field).toList();
  }

  public Optional<Feature> find(String feature) {
    return features.stream().filter(each -> each.name().equals(feature)).findFirst();
  }

  /**
   * The position of a feature in every row of this view. @throws IllegalArgumentException if there
   * is none
   */
  public int indexOf(String feature) {
    for (int i = 0; i < features.size(); i++) {
      if (features.get(i).name().equals(feature)) {
        return i;
      }
    }
    throw new IllegalArgumentException("view " + id + " has no feature '" + feature + "'");
  }
}
