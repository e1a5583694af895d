package dev.plumbline.timeline.history;

import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Marker;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.type.Bytes;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Heads in a map. */
public final class InMemoryHeadStore implements HeadStore {
  private final Comparator<RowTime> order;
  private final Map<Bytes, FeatureRow> heads = new HashMap<>();
  private Optional<Marker> marker = Optional.empty();

  public InMemoryHeadStore(Comparator<RowTime> order) {
    this.order = order;
  }

  @Override
  public void write(Bytes entity, FeatureRow row) {
    heads.merge(entity, row, (a, b) -> order.compare(a.time(), b.time()) < 0 ? b : a);
  }

  @Override
  public Optional<FeatureRow> read(Bytes entity) {
    return Optional.ofNullable(heads.get(entity));
  }

  @Override
  public Optional<Marker> marker() {
    return marker;
  }

  @Override
  public boolean advance(Optional<Marker> expected, Marker next) {
    if (!marker.equals(expected)) {
      return false;
    }
    marker = Optional.of(next);
    return true;
  }

  @Override
  public void lose() {
    heads.clear();
    marker = Optional.empty();
  }
}
