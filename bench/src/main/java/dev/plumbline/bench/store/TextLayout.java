package dev.plumbline.bench.store;

import dev.plumbline.store.OnlineView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is easiest to read: one hash for each entity, a field of the feature's name, its value as
 * text; without times.
 */
record TextLayout(PlainRedis redis) implements Layout {
  static final String NAME = "hash-text";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void write(EntityShape shape, List<Long> entities) {
    for (OnlineView view : shape.views()) {
      for (long entity : entities) {
        redis.setFields(PlainRedis.bytes(EntityShape.ENTITY + ":" + entity), fields(view, entity));
      }
    }
  }

  private static List<Entry> fields(OnlineView view, long entity) {
    List<@Nullable Object> values = EntityShape.values(view, entity);
    List<Entry> fields = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      fields.add(
          new Entry(
              PlainRedis.bytes(view.features().get(i).name()),
              PlainRedis.bytes(String.valueOf(values.get(i)))));
    }
    return fields;
  }
}
