package dev.plumbline.online;

import dev.plumbline.type.Bytes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A valid request, with every name resolved.
 *
 * @param rows that were asked for
 * @param keys from each role that is read to its entity keys, one per row; null where a key is
 * @param requestValues one column per request value of the plan
 * @param requestedMaxAge as {@link dev.plumbline.timeline.AsOfRule} takes it
 */
record FeatureQuery(
    PreparedPlan prepared,
    int rows,
    Map<String, List<@Nullable Bytes>> keys,
    List<RequestColumn> requestValues,
    long requestedMaxAge) {
  /** Canonical values, one per row or one for all. */
  record RequestColumn(List<@Nullable Object> values) {
    @Nullable Object get(int row) {
      return values.get(values.size() == 1 ? 0 : row);
    }
  }
}
