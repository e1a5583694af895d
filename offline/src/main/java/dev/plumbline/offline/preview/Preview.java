package dev.plumbline.offline.preview;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A view at one refresh.
 *
 * @param oneIn entities were computed, by a hash of their keys; 1: all
 * @param entities that have values, among those that were computed
 * @param sourceRows that were read for them
 * @param withoutKey source rows beside these that name no entity
 * @param features one for each feature of the view, in its order
 * @param examples some of the entities, in the order of their keys
 */
public record Preview(
    FeatureView view,
    Entity entity,
    Instant refresh,
    int oneIn,
    long entities,
    long sourceRows,
    long withoutKey,
    List<FeatureProfile> features,
    List<Example> examples) {
  public Preview {
    features = List.copyOf(features);
    examples = List.copyOf(examples);
  }

  /**
   * One entity.
   *
   * @param key canonical, in the order of the entity's keys
   * @param eventTime in a row view that of its source row, else the refresh
   * @param values canonical, in the order of the view's features
   */
  public record Example(List<Object> key, Instant eventTime, List<@Nullable Object> values) {
    public Example {
      key = List.copyOf(key);
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }
  }
}
