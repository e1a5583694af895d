package dev.plumbline.store;

import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Marker;
import dev.plumbline.timeline.history.HeadStore;
import dev.plumbline.timeline.history.Scenario;
import dev.plumbline.type.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The heads of one view in an online store. */
final class StoredHeads implements HeadStore {
  private final Supplier<OnlineStore> empty;
  private final OnlineView view;
  private OnlineStore store;

  /**
   * @param empty a store without a record or a marker; asked for again when all is to be lost
   */
  StoredHeads(Supplier<OnlineStore> empty, OnlineView view) {
    this.empty = empty;
    this.view = view;
    this.store = empty.get();
  }

  static OnlineView viewOf(Scenario scenario) {
    return OnlineView.of(
        "law", 1, "pair", Scenario.KEY_TYPES, scenario.fields(), scenario.timing());
  }

  @Override
  public void write(Bytes entity, FeatureRow row) {
    store.write(view, List.of(new OnlineRecord(entity, row)));
  }

  @Override
  public Optional<FeatureRow> read(Bytes entity) {
    var lookup = new OnlineStore.Lookup(view, List.of(entity));
    Reading.Found found =
        store.read(List.of(lookup)).toCompletableFuture().join().get(0).records().get(0);
    if (found instanceof Reading.Found.Unreadable unreadable) {
      throw new IllegalStateException(entity + ": " + unreadable.reason());
    }
    return found instanceof Reading.Found.Present present
        ? Optional.of(present.row())
        : Optional.empty();
  }

  @Override
  public Optional<Marker> marker() {
    return store.marker(view);
  }

  @Override
  public boolean advance(Optional<Marker> expected, Marker next) {
    return store.advance(view, expected, next);
  }

  @Override
  public void lose() {
    store = empty.get();
  }
}
