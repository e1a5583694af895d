package dev.plumbline.store;

import java.io.Serializable;
import java.time.Duration;

/**
 * How patient a connection to Redis is.
 *
 * @param timeout for one pipeline to be answered, and for connecting
 * @param queuedCommands at most on one connection; beyond it calls fail at once. One lookup of up
 *     to 200 keys is one command; in a cluster it is one for each slot, and two for each master
 * @param expiry whether records that nobody can ask for any more are dropped
 */
public record RedisSettings(Duration timeout, int queuedCommands, Expiry expiry)
    implements Serializable {
  public static final RedisSettings DEFAULT =
      new RedisSettings(Duration.ofSeconds(2), 20_000, Expiry.BY_AGE);

  /** What becomes of records that nobody can ask for any more. */
  public enum Expiry {
    /**
     * They are dropped: tombstones after a week, rows of row views some time after their max_age.
     */
    BY_AGE,
    /**
     * They stay. By a clock that stands still no record ever ages, while Redis counts real time.
     */
    NEVER
  }

  public RedisSettings {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout: " + timeout + " (expected: more than 0)");
    }
    if (queuedCommands < 1_000) {
      throw new IllegalArgumentException(
          "queued_commands: " + queuedCommands + " (expected: at least 1000)");
    }
  }

  public RedisSettings withTimeout(Duration other) {
    return new RedisSettings(other, queuedCommands, expiry);
  }

  public RedisSettings withQueuedCommands(int other) {
    return new RedisSettings(timeout, other, expiry);
  }

  /** The same, with records that stay. */
  public RedisSettings withoutExpiry() {
    return new RedisSettings(timeout, queuedCommands, Expiry.NEVER);
  }
}
