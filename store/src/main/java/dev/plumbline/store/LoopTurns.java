package dev.plumbline.store;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends what is read in one turn of an event loop at its end, in one go: a write to a socket costs
 * more than a read of the store. What others read is sent at once. Thread-safe.
 */
final class LoopTurns {
  private final RedisConnection connection;
  private final EventExecutor loop;

  /** Only the loop sees them. */
  private List<ReadCommand> ofThisTurn = new ArrayList<>();

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
    if (ofThisTurn.isEmpty()) {
      loop.execute(this::endTurn);
    }
    ofThisTurn.addAll(commands);
  }

  private void endTurn() {
    List<ReadCommand> commands = ofThisTurn;
    ofThisTurn = new ArrayList<>(commands.size());
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
