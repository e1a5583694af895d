package dev.plumbline.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A read that is under way. Its commands ask for its items in order: the markers, the records, and,
 * where that takes several commands, the markers again. One command is executed at one instant, so
 * that its markers hold.
 */
final class PendingRead implements RedisReader.Read, ReadCommand.Items {
  private static final int ATTEMPTS = 3;

  private final RedisConnection connection;
  private final Consumer<List<ReadCommand>> sender;
  private final ReadBatch batch;
  private final long deadline;
  private final CompletableFuture<ReadBatch> outcome = new CompletableFuture<>();
  private final int items;
  private int attempts;
  private int found;
  private int unanswered;

  /**
   * @param sender of its commands
   * @param deadline by {@link System#nanoTime}
   */
  PendingRead(
      RedisConnection connection,
      Consumer<List<ReadCommand>> sender,
      ReadBatch batch,
      long deadline) {
    this.connection = connection;
    this.sender = sender;
    this.batch = batch;
    this.deadline = deadline;
    int once = batch.views().size() + batch.size();
    this.items = once <= ReadCommand.MOST_KEYS ? once : once + batch.views().size();
  }

  @Override
  public CompletableFuture<ReadBatch> outcome() {
    return outcome;
  }

  @Override
  public boolean isOver(long nanoTime) {
    return nanoTime - deadline > 0;
  }

  @Override
  public void send() {
    attempts++;
    found = 0;
    batch.clearValues();
    List<ReadCommand> commands = new ArrayList<>(1 + items / ReadCommand.MOST_KEYS);
    for (int from = 0; from < items; from += ReadCommand.MOST_KEYS) {
      commands.add(new ReadCommand(this, from, Math.min(from + ReadCommand.MOST_KEYS, items)));
    }
    unanswered = commands.size();
    try {
      sender.accept(commands);
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  @Override
  public ByteRuns keys(int item) {
    return isEntity(item) ? batch.keys() : batch.views().markerKeys();
  }

  @Override
  public int key(int item) {
    int views = batch.views().size();
    return item < views ? item : isEntity(item) ? item - views : item - views - batch.size();
  }

  private boolean isEntity(int item) {
    int views = batch.views().size();
    return item >= views && item < views + batch.size();
  }

  @Override
  public void found(@Nullable ByteBuffer value) {
    int item = found++;
    if (item < batch.views().size() + batch.size()) {
      batch.found(value);
    } else {
      batch.foundAgain(key(item), value);
    }
  }

  @Override
  public void answered() {
    if (--unanswered > 0 || outcome.isDone()) {
      return;
    }
    if (batch.holds()) {
      outcome.complete(batch);
    } else if (attempts < ATTEMPTS) {
      send();
    } else {
      outcome.completeExceptionally(markersMoved(connection.address(), ATTEMPTS));
    }
  }

  static StoreUnavailableException markersMoved(RedisAddress address, int reads) {
    return new StoreUnavailableException(
        "Redis at %s: markers moved during each of %d reads; read again".formatted(address, reads),
        new IllegalStateException("markers keep moving"));
  }

  @Override
  public void fail(Throwable failure) {
    outcome.completeExceptionally(connection.unavailable(failure));
  }
}
