package dev.plumbline.online;

import dev.plumbline.store.OnlineStore.Lookup;
import dev.plumbline.type.Bytes;
import dev.plumbline.vector.ServicePlan.Read;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to look up for a query, each entity of a view once, and where each row finds its own.
 *
 * @param lookups one per view of the plan
 * @param positions for each read of the plan and each row the position within its view's lookup;
 *     {@link #NO_KEY} where a key is null
 */
record LookupBatch(List<Lookup> lookups, List<int[]> positions) {
  static final int NO_KEY = -1;

  static LookupBatch of(FeatureQuery query) {
    PreparedPlan prepared = query.prepared();
    List<Map<Bytes, Integer>> distinct = new ArrayList<>();
    prepared.views().forEach(view -> distinct.add(new LinkedHashMap<>()));
    List<int[]> positions = new ArrayList<>();
    for (int i = 0; i < prepared.plan().reads().size(); i++) {
      Read read = prepared.plan().reads().get(i);
      List<@Nullable Bytes> keys = query.keys().getOrDefault(read.role().name(), List.of());
      positions.add(positions(keys, distinct.get(prepared.viewOfRead().get(i))));
    }
    List<Lookup> lookups = new ArrayList<>();
    for (int i = 0; i < distinct.size(); i++) {
      lookups.add(
          new Lookup(prepared.views().get(i).view(), List.copyOf(distinct.get(i).keySet())));
    }
    return new LookupBatch(lookups, positions);
  }

  private static int[] positions(List<@Nullable Bytes> keys, Map<Bytes, Integer> distinct) {
    int[] positions = new int[keys.size()];
    for (int row = 0; row < positions.length; row++) {
      Bytes key = keys.get(row);
      positions[row] = key == null ? NO_KEY : position(distinct, key);
    }
    return positions;
  }

  private static int position(Map<Bytes, Integer> distinct, Bytes key) {
    Integer known = distinct.putIfAbsent(key, distinct.size());
    return known == null ? distinct.size() - 1 : known;
  }
}
