package dev.plumbline.expression;

import dev.plumbline.type.Field;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the expressions mean that were resolved last. Definitions are compiled when they are read,
 * and right after that compared with what was applied; resolving them once more would take longer
 * than all else. Nothing but time depends on what is found here.
 */
final class LatelyResolved {
  private static final int MOST = 10_000;

  private static final Map<Key, Canonical> MEANINGS =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Canonical> eldest) {
              return size() > MOST;
            }
          });

  private LatelyResolved() {}

  private record Key(String sql, List<Field> inputs) {}

  static Optional<Canonical> find(String sql, List<Field> inputs) {
    return Optional.ofNullable(MEANINGS.get(new Key(sql, inputs)));
  }

  static void put(String sql, List<Field> inputs, Canonical meaning) {
    MEANINGS.put(new Key(sql, List.copyOf(inputs)), meaning);
  }
}
