package dev.plumbline.store;

import io.lettuce.core.resource.ClientResources;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One Redis, standalone or behind Sentinels. */
final class SingleRedis implements RedisServers {
  /** Starting a script costs Redis more than a record does; a longer one would hold up readers. */
  private static final int KEYS_PER_CALL = 50;

  private final RedisConnection connection;
  private final RedisReader reader;
  private final List<RedisNode> nodes;

  private SingleRedis(RedisConnection connection, RedisReader reader) {
    this.connection = connection;
    this.reader = reader;
    this.nodes = List.of(RedisNode.alone(connection));
  }

  /**
   * One that is connected.
   *
   * @param loop that carries the connection and those who read, if there is such a one
   */
  static SingleRedis open(
      RedisAddress address,
      RedisSettings settings,
      ClientResources resources,
      Optional<EventExecutor> loop) {
    RedisConnection connection = RedisConnection.open(address, settings, resources);
    Consumer<List<ReadCommand>> sender =
        loop.<Consumer<List<ReadCommand>>>map(of -> new LoopTurns(connection, of)::send)
            .orElse(connection::dispatch);
    return new SingleRedis(
        connection,
        new RedisReader(
            batch -> new PendingRead(connection.outcomes(), sender, batch),
            settings.timeout().toNanos(),
            resources.eventExecutorGroup()));
  }

  @Override
  public RedisAddress address() {
    return connection.address();
  }

  @Override
  public CompletionStage<ReadBatch> read(ReadBatch batch) {
    return reader.read(batch);
  }

  @Override
  public <T> CompletionStage<T> send(List<? extends RedisCall<?>> calls, Supplier<T> result) {
    return connection.send(calls, result);
  }

  @Override
  public List<RedisNode> nodes() {
    return nodes;
  }

  @Override
  public void distrust() {}

  @Override
  public int keysPerCall() {
    return KEYS_PER_CALL;
  }

  @Override
  public Outcomes outcomes() {
    return connection.outcomes();
  }

  @Override
  public void close() {
    reader.close();
    connection.close();
  }
}
