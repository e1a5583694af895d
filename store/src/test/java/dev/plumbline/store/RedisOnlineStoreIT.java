package dev.plumbline.store;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on the Redis of this machine. */
class RedisOnlineStoreIT extends RedisContract {
  private static TestingRedis redis;

  @BeforeAll
  static void startRedis() {
    redis = TestingRedis.start();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @Override
  TestingRedis redis() {
    return redis;
  }
}
