package dev.plumbline.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.client.ClientSettings;
import dev.plumbline.client.PlumblineClient;
import dev.plumbline.definition.Revision;
import dev.plumbline.serving.v1.FeatureServingGrpc;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.RedisAddress;
import dev.plumbline.store.RedisSettings;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** A server of {@link Flights} on a free port, and a client that asks once. */
final class TestingServer implements AutoCloseable {
  private final FeatureServer server;
  private final PlumblineClient client;

  private TestingServer(FeatureServer server) {
    this.server = server;
    this.client = PlumblineClient.connect(ClientSettings.of(target(server)).withAttempts(1));
  }

  /** With the revision of {@link Flights} published as {@code r1}, at {@link Flights#NOW}. */
  static TestingServer start(OnlineStore store) throws IOException {
    publish(store, "r1", Flights.revision());
    return startBare(store, Flights.NOW);
  }

  /** With whatever is published. */
  static TestingServer startBare(OnlineStore store, Instant now) throws IOException {
    return new TestingServer(FeatureServer.start(settings(now), store));
  }

  /** With the revision of {@link Flights} published as {@code r1}, and other limits. */
  static TestingServer start(OnlineStore store, ServingLimits limits) throws IOException {
    publish(store, "r1", Flights.revision());
    return new TestingServer(FeatureServer.start(settings(Flights.NOW).withLimits(limits), store));
  }

  /** On a Redis, with whatever is published there. */
  static TestingServer startBare(RedisAddress redis, Instant now) throws IOException {
    RedisSettings patience = RedisSettings.DEFAULT.withTimeout(Duration.ofMillis(500));
    return new TestingServer(FeatureServer.start(settings(now), redis, patience));
  }

  private static FeatureServerSettings settings(Instant now) {
    return FeatureServerSettings.local(Flights.PROJECT)
        .withClock(ServerClock.frozenAt(now))
        .withMetrics(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  static void publish(OnlineStore store, String fingerprint, Revision revision) {
    store.publishRevision(Flights.PROJECT, Flights.published(fingerprint, revision));
  }

  PlumblineClient client() {
    return client;
  }

  String target() {
    return target(server);
  }

  private static String target(FeatureServer server) {
    return "127.0.0.1:" + server.port();
  }

  String metrics() throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + server.metricsPort().orElseThrow() + "/metrics");
    HttpRequest get = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
    return HttpClient.newHttpClient().send(get, BodyHandlers.ofString()).body();
  }

  /**
   * Waits until that many calls of GetFeatures are counted as having ended with a code that
   * matches: a moment after their callers know.
   */
  void awaitCounted(String code, int calls) throws Exception {
    String line =
        "plumbline_calls_seconds_count\\{code=\"%s\",method=\"%s/GetFeatures\"} %d"
            .formatted(code, FeatureServingGrpc.SERVICE_NAME, calls);
    await(line, () -> metrics().lines().anyMatch(one -> one.matches(line)));
  }

  /** Waits until the health of the published revision is such. */
  void awaitRevision(ServingStatus status) throws Exception {
    await("revision " + status, () -> health(FeatureServer.REVISION_HEALTH) == status);
  }

  /** Waits for something that comes soon. */
  static void await(String what, Callable<Boolean> condition) throws Exception {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waited 20 seconds for: %s", what).isLessThan(until);
      Thread.sleep(5);
    }
  }

  /** Of a service; empty: of the whole. */
  ServingStatus health(String service) {
    ManagedChannel channel = NettyChannelBuilder.forTarget(target()).usePlaintext().build();
    try {
      return HealthGrpc.newBlockingStub(channel)
          .check(HealthCheckRequest.newBuilder().setService(service).build())
          .getStatus();
    } finally {
      channel.shutdownNow();
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
