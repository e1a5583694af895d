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

    boolean isOver(long nanoTime);

    void fail(Throwable failure);
  }

  /** Where reads go. */
  @FunctionalInterface
  interface Reads {
    /**
     * A read that was not sent yet.
     *
     * @param deadline by {@link System#nanoTime}
     */
    Read of(ReadBatch batch, long deadline);
  }

  private final Reads reads;
  private final long timeoutNanos;
  private final Deque<Read> pending = new ArrayDeque<>();
  private final Future<?> looks;

  /**
   * @param executor of the looks at the oldest
   */
  RedisReader(Reads reads, long timeoutNanos, ScheduledExecutorService executor) {
    this.reads = reads;
    this.timeoutNanos = timeoutNanos;
    long every = timeoutNanos / LOOKS_PER_TIMEOUT;
    this.looks =
        executor.scheduleWithFixedDelay(this::endOverdue, every, every, TimeUnit.NANOSECONDS);
  }

  CompletionStage<ReadBatch> read(ReadBatch batch) {
    Read read = reads.of(batch, System.nanoTime() + timeoutNanos);
    synchronized (pending) {
      while (!pending.isEmpty() && pending.getFirst().outcome().isDone()) {
        pending.removeFirst();
      }
      pending.add(read);
    }
    read.send();
    return read.outcome();
  }

  private void endOverdue() {
    List<Read> overdue = new ArrayList<>();
    long now = System.nanoTime();
    synchronized (pending) {
      while (!pending.isEmpty() && pending.getFirst().isOver(now)) {
        overdue.add(pending.removeFirst());
      }
    }
    overdue.forEach(read -> read.fail(new TimeoutException()));
  }

  @Override
  public void close() {
    looks.cancel(false);
  }
}
