package dev.plumbline.online;

import dev.plumbline.serving.v1.FeatureServingGrpc;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.RedisAddress;
import dev.plumbline.store.RedisSettings;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the features of one project from its online store, with health, reflection and metrics. It
 * needs nothing but that store.
 *
 * <p>Health of the whole and of {@code plumbline.serving.v1.FeatureServing}: SERVING while a
 * registry revision is served. Health of {@value #REVISION_HEALTH}: SERVING while it is the
 * published one; not while there is none that can be read.
 */
public final class FeatureServer implements AutoCloseable {
  static final String REVISION_HEALTH = "plumbline.revision";
  private static final Logger LOG = LoggerFactory.getLogger(FeatureServer.class);
  private static final Duration LOOK_FOR_REVISION = Duration.ofSeconds(1);
  private static final Duration LAST_CALLS = Duration.ofSeconds(5);

  private final RevisionWatcher watcher;
  private final Runnable release;
  private final Lanes lanes;
  private final HealthStatusManager health;
  private final Optional<MetricsEndpoint> metricsEndpoint;
  private final Server server;

  /**
   * A server that does not listen yet.
   *
   * @param release closes what the server stands on, after it
   */
  private FeatureServer(
      FeatureServerSettings settings, OnlineStore store, EventLoops loops, Runnable release)
      throws IOException {
    this.release = release;
    lanes = new Lanes(settings.limits());
    ServerMetrics metrics = new ServerMetrics();
    health = new HealthStatusManager();
    report(ServingStatus.NOT_SERVING, ServingStatus.NOT_SERVING);
    watcher = new RevisionWatcher(settings.project(), store, ServingModel::of, new Report(metrics));
    metricsEndpoint = metricsEndpoint(settings, metrics);
    NettyServerBuilder builder = loops.carry(NettyServerBuilder.forAddress(settings.address()));
    settings.clock().frozenAt().map(FrozenClockHeader::new).ifPresent(builder::intercept);
    server =
        builder
            .addStreamTracerFactory(new CallMetrics(metrics))
            .maxInboundMessageSize(settings.limits().requestBytes())
            .addService(
                UnreadableRequests.refusedBy(
                    new FeatureServingEndpoint(
                            watcher, store, settings.clock(), metrics, lanes, settings.limits())
                        .service()))
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance())
            .build();
  }

  private static Optional<MetricsEndpoint> metricsEndpoint(
      FeatureServerSettings settings, ServerMetrics metrics) throws IOException {
    return settings.metricsAddress().isEmpty()
        ? Optional.empty()
        : Optional.of(new MetricsEndpoint(settings.metricsAddress().get(), metrics));
  }

  /**
   * A server that answers, or says UNAVAILABLE until a registry revision is published.
   *
   * @param store stays open when the server is closed
   * @throws IOException if an address cannot be bound
   */
  public static FeatureServer start(FeatureServerSettings settings, OnlineStore store)
      throws IOException {
    EventLoops loops = EventLoops.ofThisMachine();
    return start(settings, store, loops, loops::close);
  }

  /**
   * {@link #start(FeatureServerSettings, OnlineStore)} on a Redis that is read by the very threads
   * that carry the calls.
   *
   * @throws IOException if an address cannot be bound
   * @throws dev.plumbline.store.StoreUnavailableException if there is no Redis that answers
   */
  public static FeatureServer start(
      FeatureServerSettings settings, RedisAddress redis, RedisSettings patience)
      throws IOException {
    EventLoops loops = EventLoops.ofThisMachine();
    OnlineStore store;
    try {
      store = LoopLocalStore.connect(redis, patience, settings.clock(), loops);
    } catch (RuntimeException e) {
      loops.close();
      throw e;
    }
    Runnable release =
        () -> {
          store.close();
          loops.close();
        };
    return start(settings, store, loops, release);
  }

  private static FeatureServer start(
      FeatureServerSettings settings, OnlineStore store, EventLoops loops, Runnable release)
      throws IOException {
    FeatureServer server;
    try {
      server = new FeatureServer(settings, store, loops, release);
    } catch (IOException | RuntimeException e) {
      release.run();
      throw e;
    }
    try {
      server.start(settings.address());
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
    settings
        .clock()
        .frozenAt()
        .ifPresent(now -> LOG.warn("the clock is frozen at {}: every answer is of then", now));
    return server;
  }

  private void start(InetSocketAddress address) throws IOException {
    watcher.start(LOOK_FOR_REVISION);
    metricsEndpoint.ifPresent(MetricsEndpoint::start);
    try {
      server.start();
    } catch (IOException e) {
      throw new IOException(
          "cannot listen at %s: %s; name another address with --listen"
              .formatted(address, e.getMessage()),
          e);
    }
    LOG.info("listening at {}", server.getListenSockets());
  }

  public int port() {
    return server.getPort();
  }

  /** Where the server listens, with the port that it was given. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.getListenSockets().get(0);
  }

  public OptionalInt metricsPort() {
    return metricsEndpoint.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(metricsEndpoint.get().port());
  }

  public void awaitTermination() throws InterruptedException {
    server.awaitTermination();
  }

  /** Takes no more calls, lets those under way end, and stops. */
  @Override
  public void close() {
    health.enterTerminalState();
    server.shutdown();
    try {
      if (!server.awaitTermination(LAST_CALLS.toMillis(), TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    watcher.close();
    metricsEndpoint.ifPresent(MetricsEndpoint::close);
    lanes.close();
    release.run();
  }

  private void report(ServingStatus serving, ServingStatus revision) {
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, serving);
    health.setStatus(FeatureServingGrpc.SERVICE_NAME, serving);
    health.setStatus(REVISION_HEALTH, revision);
  }

  /** What becomes of revisions, as health and metrics. */
  private final class Report implements RevisionWatcher.Listener {
    private final ServerMetrics metrics;

    Report(ServerMetrics metrics) {
      this.metrics = metrics;
    }

    @Override
    public void served(String fingerprint) {
      metrics.revisionServed(fingerprint);
      report(ServingStatus.SERVING, ServingStatus.SERVING);
    }

    @Override
    public void refused(String fingerprint) {
      metrics.revisionFailed();
      health.setStatus(REVISION_HEALTH, ServingStatus.NOT_SERVING);
    }

    @Override
    public void lost() {
      metrics.revisionLost();
      health.setStatus(REVISION_HEALTH, ServingStatus.NOT_SERVING);
    }
  }
}
