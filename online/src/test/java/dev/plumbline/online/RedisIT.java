package dev.plumbline.online;

import static dev.plumbline.online.Flights.DEPARTURES;
import static dev.plumbline.online.Flights.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.client.FeatureRequest;
import dev.plumbline.client.FeatureServerException;
import dev.plumbline.client.FeatureServerException.Code;
import dev.plumbline.client.FeatureVectors.Feature;
import dev.plumbline.client.Status;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineStore.Lookup;
import dev.plumbline.store.OnlineView;
import dev.plumbline.store.RedisOnlineStore;
import dev.plumbline.store.RedisSettings;
import dev.plumbline.store.local.EphemeralRedis;
import dev.plumbline.type.ValueBytes;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisIT {
  private static final String FLIGHTS = "airport:flights_1d@1";
  private static final Pattern MGETS = Pattern.compile("cmdstat_mget:calls=(\\d+)");
  private static final Pattern SOCKET_READS = Pattern.compile("total_reads_processed:(\\d+)");
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final FeatureRequest JFK =
      FeatureRequest.references(List.of(FLIGHTS)).entities("airport", "code", List.of("JFK"));

  private EphemeralRedis redis;
  private TestingServer server;

  @BeforeEach
  void start() throws Exception {
    redis = EphemeralRedis.start();
    fill();
    server = TestingServer.startBare(redis.address(), NOW);
  }

  private void fill() {
    try (OnlineStore store = connect()) {
      TestingServer.publish(store, "r1", Flights.revision());
      Flights.put(store, DEPARTURES, List.of("JFK"), 7L);
      Flights.publish(store, DEPARTURES);
    }
  }

  private OnlineStore connect() {
    return RedisOnlineStore.connect(redis.address(), RedisSettings.DEFAULT, InstantSource.system());
  }

  @AfterEach
  void stop() {
    server.close();
    redis.close();
  }

  @Test
  void answersFromRedis() {
    Feature flights = server.client().get(JFK).feature(FLIGHTS);

    assertThat(flights.statuses()).containsExactly(Status.PRESENT);
    assertThat(flights.values()).containsExactly(7L);
  }

  @Test
  void servesARevisionWithinTwoSecondsOfItsPublication() throws Exception {
    try (OnlineStore store = connect()) {
      // the second right after the first was found, when the next look is the furthest
      for (String fingerprint : List.of("r2", "r3")) {
        long published = System.nanoTime();
        TestingServer.publish(store, fingerprint, Flights.revision());
        while (!server.client().get(JFK).registryRevision().equals(fingerprint)) {
          assertThat(Duration.ofNanos(System.nanoTime() - published)).isLessThan(SOON);
          Thread.sleep(5);
        }
      }
    }
  }

  @Test
  void aLostRedisIsUnavailableAndNeverAnEmptyVector() throws Exception {
    Thread killer = new Thread(redis::kill);
    int refused = 0;
    for (int call = 0; refused < 50; call++) {
      if (call == 20) {
        killer.start();
      }
      refused += isRefused() ? 1 : 0;
    }
    killer.join();

    redis.restart();
    awaitUnloaded();
    fill();
    assertThat(server.client().get(JFK).feature(FLIGHTS).values()).containsExactly(7L);
    assertThat(server.metrics()).doesNotContain("plumbline_store_errors_total 0.0");
  }

  /** Whether a call was UNAVAILABLE; whatever is answered is whole. */
  private boolean isRefused() {
    try {
      Feature flights = server.client().get(JFK).feature(FLIGHTS);
      assertThat(flights.statuses()).containsExactly(Status.PRESENT);
      return false;
    } catch (FeatureServerException e) {
      assertThat(e.code()).isEqualTo(Code.UNAVAILABLE);
      return true;
    }
  }

  /** An empty Redis is a view that is not loaded, not an entity that is missing. */
  private void awaitUnloaded() throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    String message = "";
    while (!message.contains("run `plumb materialize")) {
      assertThat(System.nanoTime()).as("last: %s", message).isLessThan(until);
      Thread.sleep(20);
      message = refusal();
    }
  }

  private String refusal() {
    try {
      Feature flights = server.client().get(JFK).feature(FLIGHTS);
      throw new AssertionError("answered " + flights);
    } catch (FeatureServerException e) {
      assertThat(e.code()).isEqualTo(Code.UNAVAILABLE);
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void aSmallCallIsOneRoundTrip() {
    int calls = 200;
    server.client().get(JFK);
    try (RedisClient client = pastTheServer();
        StatefulRedisConnection<String, String> raw = client.connect()) {
      String before = raw.sync().info("all");
      long begun = System.nanoTime();

      for (int call = 0; call < calls; call++) {
        server.client().get(JFK);
      }

      String after = raw.sync().info("all");
      // the registry revision is looked for once a second, and we have just asked ourselves
      long polls = 2 + Duration.ofNanos(System.nanoTime() - begun).toSeconds();
      assertThat(count(MGETS, after) - count(MGETS, before)).isBetween((long) calls, calls + polls);
      assertThat(count(SOCKET_READS, after) - count(SOCKET_READS, before))
          .isBetween((long) calls, calls + polls + 1);
    }
  }

  private static long count(Pattern counter, String info) {
    Matcher found = counter.matcher(info);
    assertThat(found.find()).as("%s in %s", counter, info).isTrue();
    return Long.parseLong(found.group(1));
  }

  @Test
  void readsFromBesideTheLoopsGoOverTheConnectionsOfAllLoops() {
    OnlineView departures = Flights.online(DEPARTURES);
    Lookup jfk =
        new Lookup(departures, List.of(ValueBytes.of(departures.keyTypes(), List.of("JFK"))));
    try (RedisClient client = pastTheServer();
        StatefulRedisConnection<String, String> raw = client.connect()) {
      Set<String> others = connections(raw, ".*");
      try (EventLoops loops = new EventLoops(2);
          OnlineStore store =
              LoopLocalStore.connect(
                  redis.address(), RedisSettings.DEFAULT, InstantSource.system(), loops)) {

        for (int read = 0; read < 100; read++) {
          assertThat(store.read(List.of(jfk)).toCompletableFuture().join().get(0).marker())
              .isPresent();
        }

        Set<String> readers = connections(raw, "mget");
        readers.removeAll(others);
        assertThat(readers).hasSize(2);
      }
    }
  }

  /** Of connections to Redis whose last command was such a one. */
  private static Set<String> connections(
      StatefulRedisConnection<String, String> raw, String command) {
    Pattern connection = Pattern.compile("(?m)^id=(\\d+) .* cmd=" + command + " ");
    return connection
        .matcher(raw.sync().clientList())
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private RedisClient pastTheServer() {
    return RedisClient.create(RedisURI.create(redis.address().toString()));
  }

  @Test
  void aRevisionOfUnreadableBytesLeavesTheLastGoodOneAndIsSaid() throws Exception {
    spoil("*:revision");

    server.awaitRevision(ServingStatus.NOT_SERVING);
    assertThat(server.health("")).isEqualTo(ServingStatus.SERVING);
    assertThat(server.client().get(JFK).registryRevision()).isEqualTo("r1");
    assertThat(server.metrics()).contains("plumbline_revision_current 0");

    fill();

    server.awaitRevision(ServingStatus.SERVING);
    assertThat(server.metrics()).contains("plumbline_revision_current 1");
  }

  /** Changes a bit of what lies under keys. */
  private void spoil(String keys) {
    try (RedisClient client = pastTheServer();
        StatefulRedisConnection<byte[], byte[]> raw = client.connect(ByteArrayCodec.INSTANCE)) {
      for (byte[] key : raw.sync().keys(keys)) {
        byte[] value = raw.sync().get(key);
        value[value.length - 1] ^= 1;
        raw.sync().set(key, value);
      }
    }
  }

  @Test
  void bytesThatAreNoRecordAreInvalid() {
    spoil("*JFK*");

    Feature flights = server.client().get(JFK).feature(FLIGHTS);

    assertThat(flights.statuses()).containsExactly(Status.INVALID);
    assertThat(flights.values()).containsOnlyNulls();
  }
}
