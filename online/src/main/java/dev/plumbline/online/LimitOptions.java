package dev.plumbline.online;

import dev.plumbline.store.RedisSettings;
import java.time.Duration;
import picocli.CommandLine.Option;

/**
 * The limits of a server as options, for every command that starts one. What no option says, an
 * environment variable may, for servers whose command line belongs to somebody else.
 */
public final class LimitOptions {
  @Option(
      names = "--max-rows",
      paramLabel = "N",
      defaultValue = "${env:PLUMB_MAX_ROWS:-10000}",
      description = "Rows of one call; PLUMB_MAX_ROWS, else 10000.")
  private int rows;

  @Option(
      names = "--max-references",
      paramLabel = "N",
      defaultValue = "${env:PLUMB_MAX_REFERENCES:-1000}",
      description = "References of one call; PLUMB_MAX_REFERENCES, else 1000.")
  private int references;

  @Option(
      names = "--max-request-bytes",
      paramLabel = "N",
      defaultValue = "${env:PLUMB_MAX_REQUEST_BYTES:-16777216}",
      description = "Bytes of one request; PLUMB_MAX_REQUEST_BYTES, else 16777216.")
  private int requestBytes;

  @Option(
      names = "--max-large-calls",
      paramLabel = "N",
      defaultValue = "${env:PLUMB_MAX_LARGE_CALLS:-64}",
      description = "Calls of more than 8 KiB at once; PLUMB_MAX_LARGE_CALLS, else 64.")
  private int largeCalls;

  @Option(
      names = "--max-calls",
      paramLabel = "N",
      defaultValue = "${env:PLUMB_MAX_CALLS:-4096}",
      description = "Calls under way at once; PLUMB_MAX_CALLS, else 4096.")
  private int calls;

  @Option(
      names = "--redis-timeout",
      paramLabel = "DURATION",
      defaultValue = "${env:PLUMB_REDIS_TIMEOUT:-2s}",
      converter = PatienceText.class,
      description = "How long an answer of Redis is waited for; PLUMB_REDIS_TIMEOUT, else 2s.")
  private Duration redisTimeout = RedisSettings.DEFAULT.timeout();

  @Option(
      names = "--redis-queue",
      paramLabel = "N",
      defaultValue = "${env:PLUMB_REDIS_QUEUE:-20000}",
      description = "Commands that one connection to Redis holds; PLUMB_REDIS_QUEUE, else 20000.")
  private int redisQueue;

  /**
   * What a server takes on.
   *
   * @throws IllegalArgumentException if one is out of range; the message names the option
   */
  public ServingLimits serving() {
    return new ServingLimits(rows, references, requestBytes, largeCalls, calls);
  }

  /**
   * How patient its connections to Redis are.
   *
   * @throws IllegalArgumentException if one is out of range; the message names the options
   */
  public RedisSettings redis() {
    try {
      return RedisSettings.DEFAULT.withTimeout(redisTimeout).withQueuedCommands(redisQueue);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--redis-timeout, --redis-queue: " + e.getMessage(), e);
    }
  }
}
