package dev.plumbline.online;

import dev.plumbline.store.RedisAddress;
import dev.plumbline.store.RedisOnlineStore;
import dev.plumbline.store.RedisSettings;
import dev.plumbline.store.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Redis of a server that may have been started before it. */
final class AwaitedRedis {
  private static final Logger LOG = LoggerFactory.getLogger(AwaitedRedis.class);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final RedisAddress address;
  private final RedisSettings settings;
  private final int tries;
  private final InstantSource clock;

  /**
   * A Redis that is looked for.
   *
   * @param tries at least 1, a second apart
   */
  AwaitedRedis(RedisAddress address, RedisSettings settings, int tries, InstantSource clock) {
    this.address = address;
    this.settings = settings;
    this.tries = tries;
    this.clock = clock;
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
      TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES.toMillis());
    }
  }

  private void look() {
    try (RedisOnlineStore store = RedisOnlineStore.connect(address, settings, clock)) {
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
