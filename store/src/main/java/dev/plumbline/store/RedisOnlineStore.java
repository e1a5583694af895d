package dev.plumbline.store;

import dev.plumbline.store.RedisSettings.Expiry;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Marker;
import dev.plumbline.type.Bytes;
import io.lettuce.core.resource.ClientResources;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The online store in a Redis: standalone, behind Sentinels, or a cluster. It reconnects by itself;
 * while Redis is away every call fails at once. Methods that return a value block and must not be
 * called on the connection's event loop.
 */
public final class RedisOnlineStore implements OnlineStore {
  private static final int RECORDS_PER_PIPELINE = 500;

  /** As the script takes it. */
  private static final long FOR_EVER = 0;

  private final RedisServers servers;
  private final RedisMarkers markers;
  private final InstantSource clock;
  private final Expiry expiry;
  private final ClientResources resources;
  private final Map<OnlineView, StoredView> views = new ConcurrentHashMap<>();

  private RedisOnlineStore(
      RedisServers servers,
      RedisSettings settings,
      InstantSource clock,
      ClientResources resources) {
    this.servers = servers;
    this.markers = new RedisMarkers(servers);
    this.clock = clock;
    this.expiry = settings.expiry();
    this.resources = resources;
  }

  /**
   * A store that is connected.
   *
   * @param clock by which records are given their lifetimes
   * @throws StoreUnavailableException if there is no Redis that answers
   */
  public static RedisOnlineStore connect(
      RedisAddress address, RedisSettings settings, InstantSource clock) {
    return connect(address, settings, clock, RedisResources.own(), Optional.empty());
  }

  /**
   * {@link #connect(RedisAddress, RedisSettings, InstantSource)} on an event loop that others use
   * too and that outlives this store. What is read on that loop is answered on it; only a read that
   * is not answered in time ends on another thread.
   */
  public static RedisOnlineStore connect(
      RedisAddress address, RedisSettings settings, InstantSource clock, EventLoop loop) {
    return connect(address, settings, clock, RedisResources.on(loop), Optional.of(loop));
  }

  private static RedisOnlineStore connect(
      RedisAddress address,
      RedisSettings settings,
      InstantSource clock,
      ClientResources resources,
      Optional<EventExecutor> loop) {
    try {
      return new RedisOnlineStore(
          open(address, settings, resources, loop), settings, clock, resources);
    } catch (RuntimeException e) {
      RedisResources.shutDown(resources);
      throw e;
    }
  }

  private static RedisServers open(
      RedisAddress address,
      RedisSettings settings,
      ClientResources resources,
      Optional<EventExecutor> loop) {
    return address.isCluster()
        ? RedisCluster.open(address, settings, resources)
        : SingleRedis.open(address, settings, resources, loop);
  }

  /**
   * What of this Redis could make answers wrong, each with its remedy; empty if nothing.
   *
   * @throws StoreUnavailableException if it does not answer
   */
  public List<String> dangers() {
    return servers.nodes().stream()
        .map(node -> node.connection().call(redis -> redis.info()))
        .flatMap(info -> RedisSafety.dangers(servers.address(), info).stream())
        .distinct()
        .toList();
  }

  @Override
  public CompletionStage<ReadBatch> read(ReadBatch batch) {
    return batch.views().size() == 0
        ? CompletableFuture.completedFuture(batch)
        : servers.read(batch);
  }

  @Override
  public long write(OnlineView view, Iterator<OnlineRecord> records) {
    StoredView stored = stored(view);
    return RedisScript.WRITE.run(
        servers,
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return records.hasNext();
          }

          @Override
          public RedisCall<Long> next() {
            return write(stored, records);
          }
        });
  }

  /** One run of the script for the next few of {@code records}. */
  private RedisCall<Long> write(StoredView view, Iterator<OnlineRecord> records) {
    List<byte[]> keys = new ArrayList<>(servers.keysPerCall());
    List<byte[]> arguments = new ArrayList<>(2 * servers.keysPerCall());
    while (records.hasNext() && keys.size() < servers.keysPerCall()) {
      OnlineRecord record = records.next();
      byte[] key = view.keys().of(record.entityKey());
      long life = lifeOf(view, record.row()).map(Duration::toMillis).orElse(FOR_EVER);
      keys.add(key);
      arguments.add(view.codec().encode(key, record.row()));
      arguments.add(ascii(Long.toString(life)));
    }
    return RedisScript.WRITE.on(keys, arguments);
  }

  private Optional<Duration> lifeOf(StoredView view, FeatureRow row) {
    return expiry == Expiry.NEVER ? Optional.empty() : view.lifeOf(row, clock.instant());
  }

  @Override
  public void replace(OnlineView view, Collection<OnlineRecord> records) {
    StoredView stored = stored(view);
    for (List<OnlineRecord> chunk : chunks(records)) {
      sendAll(chunk.stream().map(record -> set(stored, record)).toList());
    }
  }

  private void sendAll(List<? extends RedisCall<?>> calls) {
    servers.outcomes().await(servers.send(calls, () -> calls));
    calls.forEach(servers.outcomes()::answer);
  }

  private RedisCall<String> set(StoredView view, OnlineRecord record) {
    byte[] key = view.keys().of(record.entityKey());
    byte[] value = view.codec().encode(key, record.row());
    return RedisCall.set(key, value, lifeOf(view, record.row()));
  }

  @Override
  public boolean keeps(OnlineView view, FeatureRow row, Instant written) {
    return expiry == Expiry.NEVER || stored(view).keeps(row, written, clock.instant());
  }

  @Override
  public Optional<Marker> marker(OnlineView view) {
    return markers.marker(stored(view));
  }

  @Override
  public Optional<Marker> begun(OnlineView view) {
    return markers.begun(stored(view));
  }

  @Override
  public boolean advance(OnlineView view, Optional<Marker> expected, Marker next) {
    return markers.advance(stored(view), expected, next);
  }

  @Override
  public Iterator<Bytes> entityKeys(OnlineView view) {
    return RedisScan.entities(servers.nodes(), stored(view).keys());
  }

  @Override
  public Occupancy occupancy(OnlineView view) {
    return new StoredKeys(servers, stored(view).keys()).occupancy();
  }

  @Override
  public long forget(OnlineView view) {
    return new StoredKeys(servers, stored(view).keys()).forget();
  }

  @Override
  public RecordSample sample(OnlineView view) {
    RedisSample sample = new RedisSample(stored(view).keys());
    return servers.nodes().stream()
        .map(sample::of)
        .reduce(RecordSample.NOTHING, RecordSample::plus);
  }

  @Override
  public void delete(OnlineView view, Collection<Bytes> entityKeys) {
    RecordKeys keys = stored(view).keys();
    for (List<Bytes> chunk : chunks(entityKeys)) {
      sendAll(chunk.stream().map(key -> RedisCall.unlink(keys.of(key))).toList());
    }
  }

  @Override
  public void publishRevision(String project, PublishedRevision revision) {
    byte[] key = RecordKeys.revision(project);
    byte[] value = RevisionCodec.encode(key, revision);
    sendAll(List.of(RedisCall.set(key, value, Optional.empty())));
  }

  @Override
  public CompletionStage<Optional<PublishedRevision>> revision(String project) {
    byte[] key = RecordKeys.revision(project);
    RedisCall<List<byte @Nullable []>> get = RedisCall.get(key);
    return servers.send(List.of(get), () -> revision(key, servers.outcomes().answer(get).get(0)));
  }

  private Optional<PublishedRevision> revision(byte[] key, byte @Nullable [] value) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(RevisionCodec.decode(key, value));
    } catch (UnreadableBytesException e) {
      throw new StoreUnavailableException(
          "Redis at %s: the registry revision is unreadable: %s; apply it again"
              .formatted(servers.address(), e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    servers.close();
    RedisResources.shutDown(resources);
  }

  private StoredView stored(OnlineView view) {
    return views.computeIfAbsent(view, StoredView::of);
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static <T> List<List<T>> chunks(Collection<T> all) {
    List<T> items = List.copyOf(all);
    List<List<T>> chunks = new ArrayList<>();
    for (int from = 0; from < items.size(); from += RECORDS_PER_PIPELINE) {
      chunks.add(items.subList(from, Math.min(from + RECORDS_PER_PIPELINE, items.size())));
    }
    return chunks;
  }
}
