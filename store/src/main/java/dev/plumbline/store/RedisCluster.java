package dev.plumbline.store;

import dev.plumbline.store.ClusterLayout.Master;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.event.ClusterTopologyChangedEvent;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/**
 * The masters of a cluster, each over a connection of its own. Who they are is looked up from time
 * to time, and whenever an answer shows that it has changed.
 */
final class RedisCluster implements RedisServers {
  private static final Logger LOG = LoggerFactory.getLogger(RedisCluster.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(15);
  private static final Duration LEAST_BETWEEN_LOOKS = Duration.ofSeconds(1);

  /** Young enough to say which markers there are. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Outcomes outcomes;
  private final RedisClusterClient client;
  private final StatefulRedisClusterConnection<byte[], byte[]> connection;
  private final Disposable changes;
  private final RedisReader reader;
  private final Object lock = new Object();
  private CompletableFuture<Void> look = CompletableFuture.completedFuture(null);
  private volatile ClusterLayout layout;

  /** When the last look of our own ended, by {@link System#nanoTime}. */
  private volatile long lookedAt = System.nanoTime();

  private RedisCluster(
      Outcomes outcomes,
      RedisClusterClient client,
      StatefulRedisClusterConnection<byte[], byte[]> connection,
      ScheduledExecutorService executor) {
    this.outcomes = outcomes;
    this.client = client;
    this.connection = connection;
    this.layout = ClusterLayout.of(client.getPartitions());
    this.changes =
        client
            .getResources()
            .eventBus()
            .get()
            .ofType(ClusterTopologyChangedEvent.class)
            .subscribe(changed -> followClient());
    this.reader =
        new RedisReader(
            batch -> new ClusterRead(this, executor, batch),
            outcomes.timeout().toNanos(),
            executor);
  }

  static RedisCluster open(
      RedisAddress address, RedisSettings settings, ClientResources resources) {
    RedisClusterClient client =
        RedisClusterClient.create(resources, address.uris(settings.timeout()));
    client.setOptions(options(settings));
    try {
      return new RedisCluster(
          new Outcomes(address, settings.timeout()),
          client,
          client.connect(ByteArrayCodec.INSTANCE),
          resources.eventExecutorGroup());
    } catch (RuntimeException e) {
      shutDown(client);
      throw RedisFailure.at(address, e);
    }
  }

  /**
   * By Lettuce's defaults nobody looks again who the masters are unless something fails; all that
   * may fail makes it look by itself.
   */
  static ClusterClientOptions options(RedisSettings settings) {
    ClusterClientOptions.Builder options =
        ClusterClientOptions.builder(RedisConnection.options(settings))
            .topologyRefreshOptions(
                ClusterTopologyRefreshOptions.builder()
                    .enablePeriodicRefresh(BETWEEN_LOOKS)
                    .adaptiveRefreshTriggersTimeout(LEAST_BETWEEN_LOOKS)
                    .build());
    // which it does not take over from the others
    options.replayFilter(command -> true);
    options.maintNotificationsConfig(MaintNotificationsConfig.disabled());
    return options.build();
  }

  /** Who has which slot, as far as is known. */
  ClusterLayout layout() {
    return layout;
  }

  /** What the client has found out by itself. */
  private void followClient() {
    try {
      renewLayout();
    } catch (RuntimeException e) {
      LOG.warn("{}: its new layout cannot be read, and the last one is kept", address(), e);
    }
  }

  /** Of two at once, the later one takes what the client knows later. */
  private void renewLayout() {
    synchronized (lock) {
      layout = ClusterLayout.of(client.getPartitions());
    }
  }

  /** Looks who has which slot, unless somebody is just looking; ends without a failure. */
  CompletionStage<Void> look() {
    CompletableFuture<Void> begun;
    synchronized (lock) {
      if (!look.isDone()) {
        return look;
      }
      begun = new CompletableFuture<>();
      look = begun;
    }
    partitions()
        .thenRun(
            () -> {
              renewLayout();
              lookedAt = System.nanoTime();
            })
        .whenComplete((nothing, failure) -> begun.complete(null));
    return begun;
  }

  private CompletionStage<Void> partitions() {
    try {
      return client.refreshPartitionsAsync();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e); // it is being closed
    }
  }

  CompletableFuture<RedisConnection> connectionTo(Master master) {
    try {
      return connection
          .getConnectionAsync(master.id())
          .thenApply(lent -> RedisConnection.lent(outcomes, lent));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e); // it is no longer known
    }
  }

  @Override
  public RedisAddress address() {
    return outcomes.address();
  }

  @Override
  public Outcomes outcomes() {
    return outcomes;
  }

  @Override
  public CompletionStage<ReadBatch> read(ReadBatch batch) {
    return reader.read(batch);
  }

  @Override
  public List<RedisNode> nodes() {
    if (System.nanoTime() - lookedAt > FRESH.toNanos()) {
      outcomes.inTime(look().toCompletableFuture().copy());
    }
    return layout.masters().stream()
        .map(
            master ->
                new RedisNode(master.id(), outcomes.inTime(connectionTo(master)), master.places()))
        .toList();
  }

  @Override
  public void distrust() {
    lookedAt = System.nanoTime() - FRESH.toNanos() - 1;
  }

  /** They may be of different slots. */
  @Override
  public int keysPerCall() {
    return 1;
  }

  @Override
  public <T> CompletionStage<T> send(List<? extends RedisCall<?>> calls, Supplier<T> result) {
    ClusterLayout now = layout;
    Map<Integer, List<RedisCall<?>>> byOwner = new HashMap<>();
    for (RedisCall<?> call : calls) {
      int owner = now.ownerOf(call.slot());
      if (owner < 0) {
        follow(call);
      } else {
        byOwner.computeIfAbsent(owner, number -> new ArrayList<>()).add(attempt(call));
      }
    }
    byOwner.forEach((owner, attempts) -> send(now.masters().get(owner), attempts));
    return outcomes.of(calls, result);
  }

  private void send(Master master, List<RedisCall<?>> attempts) {
    var unused =
        connectionTo(master)
            .thenAccept(to -> to.dispatch(attempts))
            .exceptionally(
                failure -> {
                  Throwable cause = RedisFailure.unwrapped(failure);
                  attempts.forEach(attempt -> attempt.completeExceptionally(cause));
                  return null;
                });
  }

  /** The same call, for the node that is thought to have its slot. */
  private <T> RedisCall<T> attempt(RedisCall<T> call) {
    RedisCall<T> attempt = call.again();
    var unused =
        attempt.whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                call.complete(answer);
              } else if (isMisdirected(failure)) {
                follow(call);
              } else {
                look();
                call.completeExceptionally(RedisFailure.unwrapped(failure));
              }
            });
    return attempt;
  }

  /** Leaves it to Lettuce to find the node, which goes where it is sent, one command at a time. */
  private <T> void follow(RedisCall<T> call) {
    look();
    RedisCall<T> attempt = call.again();
    var unused =
        attempt.whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                call.complete(answer);
              } else {
                call.completeExceptionally(RedisFailure.unwrapped(failure));
              }
            });
    try {
      connection.dispatch(attempt);
    } catch (RuntimeException e) {
      attempt.completeExceptionally(e);
    }
  }

  /** Whether another node has to be asked, or the same a little later. */
  static boolean isMisdirected(@Nullable Throwable failure) {
    if (failure == null) {
      return false;
    }
    String message = String.valueOf(RedisFailure.unwrapped(failure).getMessage());
    return message.startsWith("MOVED ")
        || message.startsWith("ASK ")
        || message.startsWith("TRYAGAIN ")
        || message.startsWith("CLUSTERDOWN ");
  }

  @Override
  public void close() {
    reader.close();
    changes.dispose();
    connection.close();
    shutDown(client);
  }

  private static void shutDown(RedisClusterClient client) {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }
}
