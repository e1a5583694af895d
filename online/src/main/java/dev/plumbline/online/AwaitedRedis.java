package dev.plumbline.online;

import dev.plumbline.store.RedisAddress;
import dev.plumbline.store.RedisOnlineStore;
import dev.plumbline.store.RedisSettings;
import dev.plumbline.store.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Redis of a server that may have been started before it. */
final class AwaitedRedis {
  private static final Logger LOG = LoggerFactory.getLogger(AwaitedRedis.class);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final RedisAddress address;
  private final int tries;

  /** Never counted down: what is waited on between tries. */
  private final CountDownLatch never = new CountDownLatch(1);

  /**
   * @param tries at least 1, a second apart
   */
  AwaitedRedis(RedisAddress address, int tries) {
    this.address = address;
    this.tries = tries;
  }

  /**
   * Returns as soon as it answers. What of it could make answers wrong is logged.
   *
   * @throws StoreUnavailableException if it did not answer to any try
   */
  void await() throws InterruptedException {
    String said = "";
    for (int left = tries; ; left--) {
      try {
        look();
        return;
      } catch (StoreUnavailableException e) {
        if (left <= 1) {
          throw e;
        }
        said = say(said, String.valueOf(e.getMessage()));
      }
      var unused = never.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    try (RedisOnlineStore store =
        RedisOnlineStore.connect(address, RedisSettings.DEFAULT, InstantSource.system())) {
      store.dangers().forEach(LOG::warn);
      LOG.info("reading {}", address);
    }
  }

  private String say(String said, String problem) {
    if (!problem.equals(said)) {
      LOG.warn("waiting up to {} s: {}", tries, problem);
    }
    return problem;
  }
}
