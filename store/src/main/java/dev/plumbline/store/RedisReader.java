package dev.plumbline.store;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads batches over one connection, and fails those that Redis does not answer in time, or up to a
 * tenth later. It answers in the order in which it is asked, so only the oldest has to be looked
 * at, now and then, and no read needs a timer of its own.
 *
 * <p>What is read in one turn of an event loop is sent at its end, in one go: a write to a socket
 * costs more than a read of the store. Thread-safe.
 */
final class RedisReader implements AutoCloseable {
  private static final int LOOKS_PER_TIMEOUT = 10;

  private final RedisConnection connection;
  private final long timeoutNanos;
  private final Deque<PendingRead> pending = new ArrayDeque<>();
  private final Optional<EventExecutor> loop;
  private final Future<?> looks;

  /** Of this turn of the loop; only the loop sees them. */
  private List<ReadCommand> ofThisTurn = new ArrayList<>();

  /**
   * @param loop that carries the connection and those who read
   * @param executor of the looks at the oldest
   */
  RedisReader(
      RedisConnection connection,
      long timeoutNanos,
      Optional<EventExecutor> loop,
      ScheduledExecutorService executor) {
    this.connection = connection;
    this.timeoutNanos = timeoutNanos;
    this.loop = loop;
    long every = timeoutNanos / LOOKS_PER_TIMEOUT;
    this.looks =
        executor.scheduleWithFixedDelay(this::endOverdue, every, every, TimeUnit.NANOSECONDS);
  }

  CompletionStage<ReadBatch> read(ReadBatch batch) {
    PendingRead read = new PendingRead(this, batch, System.nanoTime() + timeoutNanos);
    synchronized (pending) {
      while (!pending.isEmpty() && pending.getFirst().outcome().isDone()) {
        pending.removeFirst();
      }
      pending.add(read);
    }
    read.send();
    return read.outcome();
  }

  /** Sends the commands of a read, each of which ends by itself. */
  void send(List<ReadCommand> commands) {
    if (loop.isEmpty() || !loop.get().inEventLoop()) {
      dispatch(commands);
      return;
    }
    if (ofThisTurn.isEmpty()) {
      loop.get().execute(this::endTurn);
    }
    ofThisTurn.addAll(commands);
  }

  private void endTurn() {
    List<ReadCommand> commands = ofThisTurn;
    ofThisTurn = new ArrayList<>(commands.size());
    dispatch(commands);
  }

  private void dispatch(List<ReadCommand> commands) {
    try {
      connection.dispatch(commands);
    } catch (RuntimeException e) {
      commands.forEach(command -> command.completeExceptionally(e));
    }
  }

  StoreUnavailableException unavailable(Throwable failure) {
    return connection.unavailable(failure);
  }

  /** What is said of a read whose markers moved each time. */
  StoreUnavailableException unsettled(int attempts) {
    return new StoreUnavailableException(
        "Redis at %s: markers moved during each of %d reads; read again"
            .formatted(connection.address(), attempts),
        new IllegalStateException("markers keep moving"));
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
