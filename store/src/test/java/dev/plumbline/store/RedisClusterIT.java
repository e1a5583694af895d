package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.store.OnlineStore.Lookup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on a cluster of three masters. */
class RedisClusterIT extends OnlineStoreContract {
  private static TestingCluster cluster;

  @BeforeAll
  static void startCluster() {
    cluster = new TestingCluster();
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Override
  OnlineStore open(InstantSource clock) {
    return RedisOnlineStore.connect(
        cluster.address(), RedisSettings.DEFAULT.withTimeout(Duration.ofSeconds(10)), clock);
  }

  @Override
  void put(byte[] key, byte[] value) {
    cluster.put(key, value);
  }

  @Override
  Optional<Duration> timeToLive(byte[] key) {
    return cluster.timeToLive(key);
  }

  @Override
  List<byte[]> markerKeys(OnlineView of) {
    return cluster.markerKeys(of);
  }

  @Test
  void looksForNobodyWhenTheTimeOfAReadThatWasAnsweredIsOver() throws Exception {
    RedisSettings settings = RedisSettings.DEFAULT.withTimeout(Duration.ofMillis(500));
    try (OnlineStore other =
        RedisOnlineStore.connect(cluster.address(), settings, InstantSource.fixed(NOW))) {
      other.read(List.of(new Lookup(view, List.of(key("a"))))).toCompletableFuture().join();
      long looks = cluster.looks();

      TimeUnit.MILLISECONDS.sleep(2 * settings.timeout().toMillis());

      assertThat(cluster.looks()).isEqualTo(looks);
    }
  }
}
