package dev.plumbline.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Reads batches, and fails those that Redis does not answer in time, or up to a tenth later. All
 * have the same time, so only the oldest has to be looked at, now and then, and no read needs a
 * timer of its own. Thread-safe.
 */
final class RedisReader implements AutoCloseable {
  private static final int LOOKS_PER_TIMEOUT = 10;

  /** A read that may take some time, and ends with an outcome or by being {@link #fail failed}. */
  interface Read {
    CompletableFuture<ReadBatch> outcome();

    void send();

    void fail(Throwable failure);
  }

  /** A read under way, and when its time is over, by {@link System#nanoTime}. */
  private record Pending(Read read, long deadline) {
    boolean hasEnded() {
      return read.outcome().isDone();
    }

    boolean isOver(long nanoTime) {
      return nanoTime - deadline > 0;
    }
  }

  private final Function<ReadBatch, Read> reads;
  private final long timeoutNanos;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final Future<?> looks;

  /**
   * @param reads of batches, not sent yet
   * @param executor of the looks at the oldest
   */
  RedisReader(
      Function<ReadBatch, Read> reads, long timeoutNanos, ScheduledExecutorService executor) {
    this.reads = reads;
    this.timeoutNanos = timeoutNanos;
    long every = timeoutNanos / LOOKS_PER_TIMEOUT;
    this.looks =
        executor.scheduleWithFixedDelay(this::endOverdue, every, every, TimeUnit.NANOSECONDS);
  }

  CompletionStage<ReadBatch> read(ReadBatch batch) {
    Read read = reads.apply(batch);
    Pending last = new Pending(read, System.nanoTime() + timeoutNanos);
    synchronized (pending) {
      while (!pending.isEmpty() && pending.getFirst().hasEnded()) {
        pending.removeFirst();
      }
      pending.add(last);
    }
    read.send();
    return read.outcome();
  }

  private void endOverdue() {
    List<Pending> overdue = new ArrayList<>();
    long now = System.nanoTime();
    synchronized (pending) {
      while (!pending.isEmpty() && pending.getFirst().isOver(now)) {
        overdue.add(pending.removeFirst());
      }
    }
    for (Pending each : overdue) {
      if (!each.hasEnded()) {
        each.read().fail(new TimeoutException());
      }
    }
  }

  @Override
  public void close() {
    looks.cancel(false);
  }
}
