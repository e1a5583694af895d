package dev.plumbline.store;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One connection to one Redis, which comes back by itself. Every call ends within the timeout, and
 * every failure is a {@link StoreUnavailableException}. Thread-safe.
 */
final class RedisConnection implements AutoCloseable {
  private final RedisAddress address;
  private final Duration timeout;
  private final RedisClient client;
  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final Optional<EventExecutor> loop;

  /** Only the loop sees them. */
  private List<RedisCommand<byte[], byte[], ?>> ofThisTurn = new ArrayList<>();

  private RedisConnection(
      RedisAddress address,
      Duration timeout,
      RedisClient client,
      StatefulRedisConnection<byte[], byte[]> connection,
      Optional<EventExecutor> loop) {
    this.loop = loop;
    this.address = address;
    this.timeout = timeout;
    this.client = client;
    this.connection = connection;
  }

  /**
   * A connection.
   *
   * @param loop that carries it and those who read, if it is one
   */
  static RedisConnection open(
      RedisAddress address,
      RedisSettings settings,
      ClientResources resources,
      Optional<EventExecutor> loop) {
    RedisURI uri = RedisURI.builder(address.uri()).withTimeout(settings.timeout()).build();
    RedisClient client = RedisClient.create(resources, uri);
    client.setOptions(options(settings));
    try {
      return new RedisConnection(
          address, settings.timeout(), client, client.connect(ByteArrayCodec.INSTANCE), loop);
    } catch (RuntimeException e) {
      shutDown(client);
      throw RedisFailure.at(address, e);
    }
  }

  /**
   * Lettuce's defaults queue without a bound while Redis is away and send again what may have been
   * executed; here a call fails at once and its caller decides.
   */
  private static ClientOptions options(RedisSettings settings) {
    return ClientOptions.builder()
        .autoReconnect(true)
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .replayFilter(command -> true)
        .requestQueueSize(settings.queuedCommands())
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
    return address;
  }

  /**
   * Sends these with one flush.
   *
   * @param result is asked for when each call has succeeded or failed
   * @return {@code result}; it fails with {@link StoreUnavailableException} itself, not wrapped
   */
  <T> CompletionStage<T> send(List<? extends RedisCall<?>> calls, Supplier<T> result) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    try {
      connection.dispatch(calls);
    } catch (RuntimeException e) {
      outcome.completeExceptionally(unavailable(e));
      return outcome;
    }
    settled(calls)
        .thenApply(nothing -> result.get())
        .whenComplete(
            (value, failure) -> {
              if (failure == null) {
                outcome.complete(value);
              } else {
                calls.forEach(RedisCall::cancel);
                outcome.completeExceptionally(unavailable(failure));
              }
            });
    return outcome;
  }

  private CompletionStage<Void> settled(List<? extends RedisCall<?>> calls) {
    return CompletableFuture.allOf(
            calls.stream()
                .map(call -> call.exceptionally(failure -> null))
                .toArray(CompletableFuture<?>[]::new))
        .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Sends these; each ends by itself. What comes in one turn of the event loop is sent at its end,
   * in one go: a write to a socket costs more than a read of the store.
   */
  void dispatch(List<? extends RedisCommand<byte[], byte[], ?>> commands) {
    if (loop.isEmpty() || !loop.get().inEventLoop()) {
      flush(commands);
      return;
    }
    if (ofThisTurn.isEmpty()) {
      loop.get().execute(this::endTurn);
    }
    ofThisTurn.addAll(commands);
  }

  private void endTurn() {
    List<RedisCommand<byte[], byte[], ?>> commands = ofThisTurn;
    ofThisTurn = new ArrayList<>(commands.size());
    flush(commands);
  }

  private void flush(List<? extends RedisCommand<byte[], byte[], ?>> commands) {
    try {
      connection.dispatch(commands);
    } catch (RuntimeException e) {
      commands.forEach(command -> command.completeExceptionally(e));
    }
  }

  /** The answer to a call that has been {@linkplain #send sent} and has settled. */
  <T> T answer(RedisCall<T> call) {
    try {
      return call.join();
    } catch (RuntimeException e) {
      throw unavailable(e);
    }
  }

  /** Sends one command and waits for its answer. */
  <T> T call(Function<RedisAsyncCommands<byte[], byte[]>, RedisFuture<T>> command) {
    try {
      return await(
          command
              .apply(connection.async())
              .toCompletableFuture()
              .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (RuntimeException e) {
      throw unavailable(e);
    }
  }

  /** The outcome of something that ends by itself. */
  <T> T await(CompletionStage<T> outcome) {
    try {
      return outcome.toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  StoreUnavailableException unavailable(Throwable failure) {
    Throwable cause = RedisFailure.unwrapped(failure);
    if (cause instanceof TimeoutException) {
      cause = new TimeoutException("no answer within " + timeout);
    } else if (cause instanceof CancellationException) {
      cause = new CancellationException("the connection was lost before it answered");
    }
    return RedisFailure.at(address, cause);
  }

  @Override
  public void close() {
    connection.close();
    shutDown(client);
  }

  private static void shutDown(RedisClient client) {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }
}
