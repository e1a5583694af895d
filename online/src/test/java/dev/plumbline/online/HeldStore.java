package dev.plumbline.online;

import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.ReadBatch;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A store that is slow: a read is answered when it is let go, or fails as it is told to. */
final class HeldStore extends ForwardingStore {
  private record Held(
      Supplier<CompletionStage<ReadBatch>> read, CompletableFuture<ReadBatch> answer) {}

  private final BlockingQueue<Held> held = new LinkedBlockingQueue<>();

  HeldStore(OnlineStore store) {
    super(store);
  }

  @Override
  public CompletionStage<ReadBatch> read(ReadBatch batch) {
    Held read = new Held(() -> super.read(batch), new CompletableFuture<>());
    held.add(read);
    return read.answer();
  }

  /** Answers one read, when it has come. */
  void answerOne() throws InterruptedException {
    Held one = next();
    one.read().get().thenAccept(one.answer()::complete);
  }

  /** Fails one read, when it has come. */
  void failOne(Throwable failure) throws InterruptedException {
    next().answer().completeExceptionally(failure);
  }

  private Held next() throws InterruptedException {
    Held one = held.poll(10, TimeUnit.SECONDS);
    if (one == null) {
      throw new AssertionError("no read came within 10 seconds");
    }
    return one;
  }

  /** How many reads wait. */
  int waiting() {
    return held.size();
  }
}
