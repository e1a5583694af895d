package dev.plumbline.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The contract on a Redis. */
abstract class RedisContract extends OnlineStoreContract {
  abstract TestingRedis redis();

  @Override
  OnlineStore open(InstantSource clock) {
    return RedisOnlineStore.connect(redis().address(), RedisSettings.DEFAULT, clock);
  }

  @Override
  void put(byte[] key, byte[] value) {
    redis().commands().set(key, value);
  }

  @Override
  Optional<Duration> timeToLive(byte[] key) {
    return redis().timeToLive(key);
  }
}
