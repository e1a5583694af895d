package dev.plumbline.online;

import static dev.plumbline.online.Flights.DEPARTURES;
import static dev.plumbline.online.Flights.NOW;
import static dev.plumbline.online.Flights.PLACE;
import static dev.plumbline.online.Flights.REFRESH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.client.FeatureRequest;
import dev.plumbline.client.FeatureServerException;
import dev.plumbline.client.FeatureServerException.Code;
import dev.plumbline.client.FeatureVectors;
import dev.plumbline.client.Status;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.RedisOnlineStore;
import dev.plumbline.store.RedisSettings;
import dev.plumbline.store.StoreUnavailableException;
import dev.plumbline.store.local.EphemeralCluster;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server whose Redis is a cluster. */
@Timeout(120)
class ClusterIT {
  private static final int AIRPORTS = 60;
  private static final String FLIGHTS = "airport:flights_1d@1";
  private static final String LATITUDE = "airport:latitude@1";
  private static final List<String> CODES =
      IntStream.range(0, AIRPORTS).mapToObj(i -> "A" + i).toList();
  private static final FeatureRequest ALL =
      FeatureRequest.references(List.of(FLIGHTS, LATITUDE)).entities("airport", "code", CODES);

  private EphemeralCluster cluster;
  private TestingServer server;

  @BeforeEach
  void start() throws Exception {
    cluster = EphemeralCluster.start();
    fill();
    server = TestingServer.startBare(cluster.address(), NOW);
  }

  private void fill() {
    try (OnlineStore store = connect()) {
      TestingServer.publish(store, "r1", Flights.revision());
      for (int i = 0; i < AIRPORTS; i++) {
        Flights.put(store, DEPARTURES, List.of(CODES.get(i)), (long) i);
        Flights.put(store, PLACE, List.of(CODES.get(i)), 0.5 * i);
      }
      Flights.publish(store, DEPARTURES, PLACE);
    }
  }

  private OnlineStore connect() {
    return RedisOnlineStore.connect(
        cluster.address(), RedisSettings.DEFAULT, InstantSource.fixed(NOW));
  }

  @AfterEach
  void stop() {
    server.close();
    cluster.close();
  }

  @Test
  void answersFromAllNodesAtOnce() {
    FeatureVectors vectors = server.client().get(ALL);

    assertThat(vectors.feature(FLIGHTS).values())
        .isEqualTo(LongStream.range(0, AIRPORTS).boxed().toList());
    assertThat(vectors.feature(LATITUDE).values())
        .isEqualTo(IntStream.range(0, AIRPORTS).mapToObj(i -> 0.5 * i).toList());
    assertThat(vectors.servedAt()).isEqualTo(NOW);
  }

  @Test
  void judgesEachEntityByTheMarkerOfTheNodeThatServedIt() throws Exception {
    Instant refresh = REFRESH.plusSeconds(3_600);
    Instant publishedAt = NOW.plusSeconds(3_600);
    stopAPushBeforeTheLastNode(refresh, publishedAt);
    while (isRefused()) {
      Thread.sleep(20); // the server's own connection was killed too
    }

    FeatureVectors vectors = server.client().get(ALL);

    FeatureVectors.View departures = vectors.views().get(0);
    assertThat(departures.publication().refresh()).isEqualTo(REFRESH);
    assertThat(vectors.servedAt()).isEqualTo(publishedAt);
    assertThat(departures.entities())
        .extracting(entity -> entity.age().orElseThrow())
        .containsOnly(
            Duration.between(REFRESH, publishedAt), Duration.between(refresh, publishedAt));
    assertThat(vectors.feature(FLIGHTS).statuses()).containsOnly(Status.PRESENT);
  }

  private void stopAPushBeforeTheLastNode(Instant refresh, Instant publishedAt) {
    int last = IntStream.range(0, 3).boxed().max(Comparator.comparing(cluster::id)).orElseThrow();
    try (OnlineStore store = connect();
        RedisClient client = RedisClient.create(cluster.node(last).toString())) {
      RedisCommands<String, String> node = client.connect().sync();
      client(node, "PAUSE", "60000", "WRITE");
      assertThatThrownBy(() -> Flights.publish(store, DEPARTURES, refresh, publishedAt))
          .isInstanceOf(StoreUnavailableException.class);
      node.clientKill(KillArgs.Builder.typeNormal()); // and with them what they have asked
      client(node, "UNPAUSE");
    }
  }

  private static void client(RedisCommands<String, String> node, String... words) {
    CommandArgs<String, String> arguments = new CommandArgs<>(StringCodec.UTF8);
    Stream.of(words).forEach(arguments::add);
    node.dispatch(CommandType.CLIENT, new StatusOutput<>(StringCodec.UTF8), arguments);
  }

  @Test
  void aMasterThatLostItsDataIsUnavailableAndNeverAnEmptyVector() {
    try (RedisClient client = RedisClient.create(cluster.node(1).toString())) {
      client.connect().sync().flushall();
    }

    assertThatThrownBy(() -> server.client().get(ALL))
        .hasMessageContaining("is not loaded into the online store");
  }

  @Test
  @Tag("long")
  void isRightOrUnavailableWhileAMasterIsKilledAndItsReplicaPromoted() throws Exception {
    Thread killer = new Thread(() -> cluster.kill(0));
    Thread.sleep(1_000); // its replica copies meanwhile
    killer.start();

    int refused = 0;
    int answered = 0;
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (answered < 20) {
      assertThat(System.nanoTime()).as("%d were refused", refused).isLessThan(until);
      if (isRefused()) {
        refused++;
        answered = 0;
        Thread.sleep(20);
      } else {
        answered += refused > 0 ? 1 : 0;
      }
    }

    killer.join();
    assertThat(refused).isPositive();
  }

  /** Whether a call was UNAVAILABLE; whatever is answered is whole. */
  private boolean isRefused() {
    try {
      FeatureVectors vectors = server.client().get(ALL);
      assertThat(vectors.feature(FLIGHTS).statuses()).containsOnly(Status.PRESENT);
      return false;
    } catch (FeatureServerException e) {
      assertThat(e.code()).isEqualTo(Code.UNAVAILABLE);
      return true;
    }
  }
}
