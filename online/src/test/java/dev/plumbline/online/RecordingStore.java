package dev.plumbline.online;

import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.Reading;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store that remembers what it was asked. */
final class RecordingStore extends ForwardingStore {
  private final List<List<Lookup>> reads = new CopyOnWriteArrayList<>();

  RecordingStore(OnlineStore store) {
    super(store);
  }

  List<List<Lookup>> reads() {
    return reads;
  }

  void forget() {
    reads.clear();
  }

  @Override
  public CompletionStage<List<Reading>> read(List<Lookup> lookups) {
    reads.add(lookups);
    return super.read(lookups);
  }
}
