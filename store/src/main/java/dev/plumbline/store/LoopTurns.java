package dev.plumbline.store;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends what is read in one turn of an event loop in one go, at its end or when it is many items: a
 * write to a socket costs more than a read of the store. What others read is sent at once.
 * Thread-safe.
 */
final class LoopTurns {
  /** Redis may as well begin with as many, while the loop goes on with others. */
  private static final int MOST_ITEMS = ReadCommand.MOST_KEYS;

  private final RedisConnection connection;
  private final EventExecutor loop;

  /** Only the loop sees them. */
  private List<ReadCommand> ofThisTurn = new ArrayList<>();

  /** Of them. */
  private int items;

  private boolean isEndScheduled;

  /**
   * @param loop that carries the connection
   */
  LoopTurns(RedisConnection connection, EventExecutor loop) {
    this.connection = connection;
    this.loop = loop;
  }

  /** Sends these; each ends by itself. */
  void send(List<ReadCommand> commands) {
    if (!loop.inEventLoop()) {
      flush(commands);
      return;
    }
    if (!isEndScheduled) {
      isEndScheduled = true;
      loop.execute(this::endTurn);
    }
    ofThisTurn.addAll(commands);
    for (ReadCommand command : commands) {
      items += command.items();
    }
    if (items >= MOST_ITEMS) {
      flushTurn();
    }
  }

  private void endTurn() {
    isEndScheduled = false;
    if (!ofThisTurn.isEmpty()) {
      flushTurn();
    }
  }

  private void flushTurn() {
    List<ReadCommand> commands = ofThisTurn;
    ofThisTurn = new ArrayList<>(commands.size());
    items = 0;
    flush(commands);
  }

  private void flush(List<ReadCommand> commands) {
    try {
      connection.dispatch(commands);
    } catch (RuntimeException e) {
      commands.forEach(command -> command.completeExceptionally(e));
    }
  }
}
