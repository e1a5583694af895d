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
import dev.plumbline.store.RedisOnlineStore;
import dev.plumbline.store.RedisSettings;
import dev.plumbline.store.local.EphemeralRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisIT {
  private static final String FLIGHTS = "airport:flights_1d@1";
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
  void bytesThatAreNoRecordAreInvalid() {
    RedisURI address = RedisURI.create(redis.address().toString());
    try (RedisClient client = RedisClient.create(address);
        StatefulRedisConnection<byte[], byte[]> raw = client.connect(ByteArrayCodec.INSTANCE)) {
      for (byte[] key : raw.sync().keys("*JFK*")) {
        byte[] value = raw.sync().get(key);
        value[value.length - 1] ^= 1;
        raw.sync().set(key, value);
      }
    }

    Feature flights = server.client().get(JFK).feature(FLIGHTS);

    assertThat(flights.statuses()).containsExactly(Status.INVALID);
    assertThat(flights.values()).containsOnlyNulls();
  }
}
