package dev.plumbline.timeline.history;

import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Marker;
import dev.plumbline.type.Bytes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a store held once, and may hold again. */
record Backup(Map<Bytes, FeatureRow> heads, Optional<Marker> marker) {
  static Backup of(HeadStore store) {
    Map<Bytes, FeatureRow> heads = new HashMap<>();
    Scenario.ENTITIES.forEach(
        entity -> store.read(entity).ifPresent(row -> heads.put(entity, row)));
    return new Backup(heads, store.marker());
  }

  void restore(HeadStore store) {
    store.lose();
    heads.forEach(store::write);
    marker.ifPresent(old -> store.advance(Optional.empty(), old));
  }
}
