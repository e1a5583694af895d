package dev.plumbline.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

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
}
