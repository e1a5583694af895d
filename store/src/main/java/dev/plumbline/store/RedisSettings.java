package dev.plumbline.store;

import java.time.Duration;

/**
 * How patient a connection to Redis is.
 *
 * @param timeout for one pipeline to be answered, and for connecting
 * @param queuedCommands at most; beyond it calls fail at once. One lookup of up to 200 keys is one
 *     command
 */
public record RedisSettings(Duration timeout, int queuedCommands) {
  public static final RedisSettings DEFAULT = new RedisSettings(Duration.ofSeconds(2), 20_000);

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
    return new RedisSettings(other, queuedCommands);
  }
}
