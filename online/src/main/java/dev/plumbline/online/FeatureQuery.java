package dev.plumbline.online;

import dev.plumbline.store.ReadBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A valid request, with every name resolved and every entity in a batch to read.
 *
 * @param rows that were asked for
 * @param entities for each read of the plan and each row what {@link ReadBatch} calls the entity;
 *     {@link #NO_KEY} where a key is null
 * @param requestValues one column per request value of the plan
 * @param requestedMaxAge as {@link dev.plumbline.timeline.AsOfRule} takes it
 */
record FeatureQuery(
    PreparedPlan prepared,
    int rows,
    List<int[]> entities,
    List<RequestColumn> requestValues,
    long requestedMaxAge) {
  static final int NO_KEY = -1;

  /** Canonical values, one per row or one for all. */
  record RequestColumn(List<@Nullable Object> values) {
    @Nullable Object get(int row) {
      return values.get(values.size() == 1 ? 0 : row);
    }
  }
}
