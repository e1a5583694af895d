package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisAddressTest {
  @ParameterizedTest
  @CsvSource({
    "redis.example:6380, redis://redis.example:6380",
    "redis.example, redis://redis.example:6379",
    "redis://user:hunter2@redis.example:6380/3, redis://redis.example:6380",
    "rediss://:hunter2@redis.example:6380, rediss://redis.example:6380",
    "redis-socket:///run/redis.sock, redis-socket:///run/redis.sock",
    "'redis-sentinel://hunter2@a:1,b:2/0#main', redis-sentinel://a:1#main",
    "'redis-cluster://user:hunter2@a:1,b:2', 'redis-cluster://a:1,b:2'",
    "'rediss-cluster://a,b:2/', 'rediss-cluster://a:6379,b:2'",
  })
  void showsWhereItIsButNoPassword(String text, String shown) {
    assertThat(RedisAddress.parse(text)).hasToString(shown);
  }

  @Test
  void refusesWhatIsNoAddressWithoutQuotingIt() {
    assertThatThrownBy(() -> RedisAddress.parse("http://user:hunter2@redis.example"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageStartingWith("not the address of a Redis (expected: host:port, ");
  }

  @Test
  void equalsTheSameAddress() {
    assertThat(RedisAddress.parse("127.0.0.1:6380")).isEqualTo(RedisAddress.of("127.0.0.1", 6380));
  }
}
