package dev.plumbline.store;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One connection to one server, which comes back by itself. Every call ends within the timeout, and
 * every failure is a {@link StoreUnavailableException}. Thread-safe.
 */
final class RedisConnection implements AutoCloseable {
  private final Outcomes outcomes;
  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final Runnable end;

  private RedisConnection(
      Outcomes outcomes, StatefulRedisConnection<byte[], byte[]> connection, Runnable end) {
    this.outcomes = outcomes;
    this.connection = connection;
    this.end = end;
  }

  static RedisConnection open(
      RedisAddress address, RedisSettings settings, ClientResources resources) {
    RedisClient client = RedisClient.create(resources, address.uris(settings.timeout()).get(0));
    client.setOptions(options(settings));
    try {
      StatefulRedisConnection<byte[], byte[]> connected = connected(client);
      return new RedisConnection(
          new Outcomes(address, settings.timeout()), connected, () -> shutDown(client, connected));
    } catch (RuntimeException e) {
      shutDown(client);
      throw RedisFailure.at(address, e);
    }
  }

  /**
   * Lettuce closes a connection on which it was refused, and may then tell that it was closed
   * instead of why; it was only ever seen to do so of the first one in a process. So it is asked
   * once more.
   */
  private static StatefulRedisConnection<byte[], byte[]> connected(RedisClient client) {
    try {
      return client.connect(ByteArrayCodec.INSTANCE);
    } catch (RedisConnectionException e) {
      if (e.getCause() instanceof RedisConnectionException) {
        return client.connect(ByteArrayCodec.INSTANCE);
      }
      throw e;
    }
  }

  /** One to a node, which a client of the whole cluster opens and closes. */
  static RedisConnection lent(
      Outcomes outcomes, StatefulRedisConnection<byte[], byte[]> connection) {
    return new RedisConnection(outcomes, connection, () -> {});
  }

  /**
   * Lettuce's defaults queue without a bound while Redis is away and send again what may have been
   * executed; here a call fails at once and its caller decides. They also start a timer for every
   * command, which keeps it in memory for as long as it might have taken; here whoever waits for
   * commands looks at the clock ({@link RedisReader}, {@link Outcomes}).
   */
  static ClientOptions options(RedisSettings settings) {
    return ClientOptions.builder()
        .autoReconnect(true)
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .replayFilter(command -> true)
        .requestQueueSize(settings.queuedCommands())
        .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
        .protocolVersion(ProtocolVersion.RESP2)
        .maintNotificationsConfig(MaintNotificationsConfig.disabled())
        .socketOptions(
            SocketOptions.builder()
                .connectTimeout(settings.timeout())
                .keepAlive(true)
                .tcpNoDelay(true)
                .build())
        .build();
  }

  RedisAddress address() {
    return outcomes.address();
  }

  Outcomes outcomes() {
    return outcomes;
  }

  /** Sends these with one flush; see {@link Outcomes#of}. */
  <T> CompletionStage<T> send(List<? extends RedisCall<?>> calls, Supplier<T> result) {
    try {
      connection.dispatch(calls);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(unavailable(e));
    }
    return outcomes.of(calls, result);
  }

  /**
   * Sends these with one flush; each ends by itself.
   *
   * @throws RuntimeException if they cannot be sent
   */
  void dispatch(List<? extends RedisCommand<byte[], byte[], ?>> commands) {
    if (commands.size() == 1) {
      connection.dispatch(commands.get(0));
    } else {
      connection.dispatch(commands);
    }
  }

  /** Sends one command and waits for its answer. */
  <T> T call(Function<RedisAsyncCommands<byte[], byte[]>, RedisFuture<T>> command) {
    try {
      return outcomes.inTime(command.apply(connection.async()));
    } catch (RuntimeException e) {
      throw unavailable(e);
    }
  }

  private StoreUnavailableException unavailable(Throwable failure) {
    return outcomes.unavailable(failure);
  }

  @Override
  public void close() {
    end.run();
  }

  private static void shutDown(RedisClient client, StatefulRedisConnection<?, ?> connection) {
    connection.close();
    shutDown(client);
  }

  private static void shutDown(RedisClient client) {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }
}
