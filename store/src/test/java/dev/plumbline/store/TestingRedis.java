package dev.plumbline.store;

import dev.plumbline.store.local.EphemeralRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.Optional;

/**
 * The Redis of one test class, and a way past the store: the one that {@code PLUMB_TEST_REDIS}
 * names, else one of our own.
 */
final class TestingRedis implements AutoCloseable {
  private final RedisAddress address;
  private final Runnable stop;
  private final RedisClient client;

  TestingRedis(RedisAddress address, Runnable stop) {
    this.address = address;
    this.stop = stop;
    this.client = RedisClient.create(address.uri());
  }

  static TestingRedis start() {
    String given = System.getenv("PLUMB_TEST_REDIS");
    if (given != null) {
      return new TestingRedis(RedisAddress.parse(given), () -> {});
    }
    EphemeralRedis own = EphemeralRedis.start();
    return new TestingRedis(own.address(), own::close);
  }

  RedisAddress address() {
    return address;
  }

  RedisCommands<byte[], byte[]> commands() {
    return client.connect(ByteArrayCodec.INSTANCE).sync();
  }

  Optional<Duration> timeToLive(byte[] key) {
    return Optional.of(commands().pttl(key)).filter(left -> left >= 0).map(Duration::ofMillis);
  }

  @Override
  public void close() {
    client.close();
    stop.run();
  }
}
