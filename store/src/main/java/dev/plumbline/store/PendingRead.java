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
  static final int ATTEMPTS_WHILE_MARKERS_MOVE = 3;

  private final Outcomes outcomes;
  private final Consumer<List<ReadCommand>> sender;
  private final ReadBatch batch;
  private final CompletableFuture<ReadBatch> outcome = new CompletableFuture<>();
  private final int items;
  private int attempts;
  private int found;
  private int unanswered;

  /**
   * A read that was not sent yet.
   *
   * @param sender of its commands
   */
  PendingRead(Outcomes outcomes, Consumer<List<ReadCommand>> sender, ReadBatch batch) {
    this.outcomes = outcomes;
    this.sender = sender;
    this.batch = batch;
    int once = batch.items();
    this.items = once <= ReadCommand.MOST_KEYS ? once : once + batch.views().size();
  }

  @Override
  public CompletableFuture<ReadBatch> outcome() {
    return outcome;
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
    return item < views ? item : isEntity(item) ? item - views : item - batch.items();
  }

  private boolean isEntity(int item) {
    return item >= batch.views().size() && item < batch.items();
  }

  @Override
  public void found(@Nullable ByteBuffer value) {
    int item = found++;
    if (item < batch.items()) {
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
    } else if (attempts < ATTEMPTS_WHILE_MARKERS_MOVE) {
      send();
    } else {
      outcome.completeExceptionally(markersMoved(outcomes.address()));
    }
  }

  static StoreUnavailableException markersMoved(RedisAddress address) {
    return new StoreUnavailableException(
        "Redis at %s: markers moved during each of %d reads; read again"
            .formatted(address, ATTEMPTS_WHILE_MARKERS_MOVE),
        new IllegalStateException("markers keep moving"));
  }

  @Override
  public void fail(Throwable failure) {
    outcome.completeExceptionally(outcomes.unavailable(failure));
  }
}
