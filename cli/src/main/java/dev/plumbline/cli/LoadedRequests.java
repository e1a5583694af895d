package dev.plumbline.cli;

import dev.plumbline.client.FeatureRequest;
import dev.plumbline.client.ServiceDescription.Field;
import dev.plumbline.client.ServiceDescription.Role;
import dev.plumbline.load.Popularity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Requests for entities of pools, drawn anew for each. For one thread at a time. */
final class LoadedRequests implements Supplier<FeatureRequest> {
  private final FeatureRequest constant;
  private final List<Draw> draws = new ArrayList<>();
  private final int rows;

  /**
   * @param constant what all requests have
   * @param rows entities of each role in a request
   */
  LoadedRequests(
      FeatureRequest constant, List<KeyPool> pools, Popularity popularity, int rows, long seed) {
    this.constant = constant;
    this.rows = rows;
    for (KeyPool pool : pools) {
      draws.add(new Draw(pool, popularity.choices(pool.size(), seed + draws.size())));
    }
  }

  private record Draw(KeyPool pool, IntSupplier numbers) {}

  @Override
  public FeatureRequest get() {
    FeatureRequest request = constant;
    for (Draw draw : draws) {
      int[] chosen = new int[rows];
      for (int i = 0; i < rows; i++) {
        chosen[i] = draw.numbers().getAsInt();
      }
      for (Role role : draw.pool().roles()) {
        request = request.entities(role.name(), keys(draw.pool(), role, chosen));
      }
    }
    return request;
  }

  private static Map<String, List<Object>> keys(KeyPool pool, Role role, int[] chosen) {
    Map<String, List<Object>> keys = new LinkedHashMap<>();
    for (Field key : role.keys()) {
      List<Object> values = new ArrayList<>(chosen.length);
      for (int number : chosen) {
        values.add(pool.keys().of(role, key, number));
      }
      keys.put(key.name(), values);
    }
    return keys;
  }
}
