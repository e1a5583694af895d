package dev.plumbline.timeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of an entity's change log: from this time on its features have these values, or, in a
 * tombstone, the entity is gone.
 *
 * @param values canonical values, one per feature of the view and in its order; null in a tombstone
 */
public record FeatureRow(RowTime time, @Nullable List<@Nullable Object> values) {
  public FeatureRow {
    Objects.requireNonNull(time, "time is null");
    values = values == null ? null : Collections.unmodifiableList(new ArrayList<>(values));
  }

  public static FeatureRow tombstone(RowTime time) {
    return new FeatureRow(time, null);
  }

  public boolean isTombstone() {
    return values == null;
  }
}
