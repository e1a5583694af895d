package dev.plumbline.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads batches over one connection, and fails those that Redis does not answer in time, or up to a
 * tenth later. It answers in the order in which it is asked, so only the oldest has to be looked
 * at, now and then, and no read needs a timer of its own. Thread-safe.
 */
final class RedisReader implements AutoCloseable {
  private static final int LOOKS_PER_TIMEOUT = 10;

  private final RedisConnection connection;
  private final long timeoutNanos;
  private final Deque<PendingRead> pending = new ArrayDeque<>();
  private final Future<?> looks;

  /**
   * @param executor of the looks at the oldest
   */
  RedisReader(RedisConnection connection, long timeoutNanos, ScheduledExecutorService executor) {
    this.connection = connection;
    this.timeoutNanos = timeoutNanos;
    long every = timeoutNanos / LOOKS_PER_TIMEOUT;
    this.looks =
        executor.scheduleWithFixedDelay(this::endOverdue, every, every, TimeUnit.NANOSECONDS);
  }

  CompletionStage<ReadBatch> read(ReadBatch batch) {
    PendingRead read = new PendingRead(connection, batch, System.nanoTime() + timeoutNanos);
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
    List<PendingRead> overdue = new ArrayList<>();
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
