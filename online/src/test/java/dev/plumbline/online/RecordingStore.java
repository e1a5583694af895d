package dev.plumbline.online;

import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.ReadBatch;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store that remembers what it was asked. */
final class RecordingStore extends ForwardingStore {
  private final List<Integer> reads = new CopyOnWriteArrayList<>();

  RecordingStore(OnlineStore store) {
    super(store);
  }

  /** How many entities each read asked for. */
  List<Integer> reads() {
    return reads;
  }

  void forget() {
    reads.clear();
  }

  @Override
  public CompletionStage<ReadBatch> read(ReadBatch batch) {
    reads.add(batch.size());
    return super.read(batch);
  }
}
