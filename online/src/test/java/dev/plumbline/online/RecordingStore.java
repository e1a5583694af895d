package dev.plumbline.online;

import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.ReadBatch;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store that remembers what it was asked. */
final class RecordingStore extends ForwardingStore {
  private final List<Integer> reads = new CopyOnWriteArrayList<>();
  private final List<ReadBatch> batches = new CopyOnWriteArrayList<>();

  RecordingStore(OnlineStore store) {
    super(store);
  }

  /** How many entities each read asked for. */
  List<Integer> reads() {
    return reads;
  }

  /** The memory of each read. */
  List<ReadBatch> batches() {
    return batches;
  }

  void forget() {
    reads.clear();
    batches.clear();
  }

  @Override
  public CompletionStage<ReadBatch> read(ReadBatch batch) {
    reads.add(batch.size());
    batches.add(batch);
    return super.read(batch);
  }
}
