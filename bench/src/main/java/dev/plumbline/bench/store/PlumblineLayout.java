package dev.plumbline.bench.store;

import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineView;
import java.util.List;

/** The product's own: one packed record for each entity and view, written by the store itself. */
record PlumblineLayout(OnlineStore store) implements Layout {
  static final String NAME = "plumbline";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void write(EntityShape shape, List<Long> entities) {
    for (OnlineView view : shape.views()) {
      store.write(
          view, entities.stream().map(entity -> EntityShape.record(view, entity, TIME)).iterator());
    }
  }
}
