package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSafetyTest {
  private static final RedisAddress ADDRESS = RedisAddress.of("redis.example", 6379);

  @ParameterizedTest
  @ValueSource(strings = {"6.2.0", "6.10.1", "7.0.15", "8.2", "10.0.0"})
  void findsNothingWrongWithASafeOne(String version) {
    assertThat(RedisSafety.dangers(ADDRESS, info(version, "noeviction", "0"))).isEmpty();
  }

  @Test
  void reportsEverythingAtOnce() {
    assertThat(RedisSafety.dangers(ADDRESS, info("6.0.16", "volatile-ttl", "1")))
        .containsExactly(
            "Redis at redis://redis.example:6379: version 6.0.16 (expected: 6.2 or newer); upgrade it",
            "Redis at redis://redis.example:6379: maxmemory-policy volatile-ttl (expected: noeviction, since an evicted record looks like one that never was); CONFIG SET maxmemory-policy noeviction, and in its redis.conf",
            "Redis at redis://redis.example:6379: it is a node of a cluster (expected: redis-cluster://host:port); correct the address");
  }

  @Test
  void isNotReassuredByAnAnswerThatSaysNothing() {
    assertThat(RedisSafety.dangers(ADDRESS, "")).hasSize(2);
  }

  private static String info(String version, String policy, String cluster) {
    return "# Server\r\nredis_version:%s\r\nos:Linux\r\n\r\n# Memory\r\nmaxmemory_policy:%s\r\ncluster_enabled:%s\r\n"
        .formatted(version, policy, cluster);
  }
}
