package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to the processes that write. */
class RedisStoresTest {
  private static final RedisAddress ADDRESS =
      RedisAddress.parse("rediss://user@redis.example:6380/3").withPassword("hunter2");

  @Test
  void arriveAsTheyWereSent() throws Exception {
    RedisStores stores =
        new RedisStores(
            ADDRESS, RedisSettings.DEFAULT.withoutExpiry(), InstantSource.fixed(Instant.EPOCH));

    RedisStores arrived = Journey.of(stores);

    assertThat(arrived.address()).hasToString("rediss://redis.example:6380");
    assertThat(arrived.settings()).isEqualTo(stores.settings());
    assertThat(arrived.clock().instant()).isEqualTo(Instant.EPOCH);
    assertThat(signIn(arrived.address())).isEqualTo("user hunter2");
    assertThat(arrived.address().uri().getDatabase()).isEqualTo(3);
    assertThat(arrived.address().uri().isSsl()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis.example",
        "redis://:geheim@redis.example",
        "redis-sentinel://a:1,b:2/0#main",
        "redis-cluster://user:geheim@a:1,b:2",
        "redis-socket:///run/redis.sock"
      })
  void arriveAtTheSameAddress(String text) throws Exception {
    RedisAddress address = RedisAddress.parse(text);

    RedisAddress arrived = Journey.of(address);

    assertThat(arrived).hasToString(address.toString());
    assertThat(signIn(arrived)).isEqualTo(signIn(address));
    assertThat(arrived).isEqualTo(address);
    assertThat(arrived.uris()).hasSameSizeAs(address.uris());
    assertThat(arrived.uri().getSentinels()).hasSameSizeAs(address.uri().getSentinels());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://user@a:1",
        "rediss-cluster://user@a:1,b:2",
        "redis-sentinel://user@a:1,b:2/0#main"
      })
  void signInToEachServerAsTheUserOfTheAddress(String text) {
    RedisAddress address = RedisAddress.parse(text).withPassword("hunter2");

    assertThat(address.uris(Duration.ofSeconds(7)))
        .allSatisfy(
            uri -> {
              assertThat(uri.getTimeout()).isEqualTo(Duration.ofSeconds(7));
              assertThat(signIn(uri)).isEqualTo("user hunter2");
            });
    assertThat(address.toString()).doesNotContain("hunter2").contains("a:1");
  }

  @Test
  void nameNoPassword() {
    assertThat(new RedisStores(ADDRESS, RedisSettings.DEFAULT, InstantSource.system()).toString())
        .contains("redis.example")
        .doesNotContain("hunter2");
  }

  @Test
  void refuseAClockThatCannotBeSent() {
    assertThatThrownBy(() -> new RedisStores(ADDRESS, RedisSettings.DEFAULT, () -> Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("can be sent to another process");
  }

  @Test
  void viewsArriveAsTheyWereSent() throws Exception {
    OnlineView windowed = OnlineStoreContract.view("p", 1);
    OnlineView rows =
        new OnlineView(
            "p",
            2,
            "airport",
            List.of(Primitive.STRING),
            List.of(new Field("flights", Primitive.BIGINT)),
            Optional.of(Duration.ofDays(5)));

    assertThat(Journey.of(windowed)).isEqualTo(windowed);
    assertThat(Journey.of(rows)).isEqualTo(rows);
  }

  private static String signIn(RedisAddress address) {
    return signIn(address.uri());
  }

  private static String signIn(RedisURI uri) {
    var credentials = uri.getCredentialsProvider().resolveCredentials().block();
    return credentials == null || credentials.getPassword() == null
        ? "nobody"
        : credentials.getUsername() + " " + new String(credentials.getPassword());
  }
}
