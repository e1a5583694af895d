package dev.plumbline.bench.online;

import io.lettuce.core.RedisClient;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the process of a Redis on this machine. */
final class RedisProcess {
  private static final Pattern PROCESS = Pattern.compile("process_id:(\\d+)");

  private RedisProcess() {}

  /** As it says itself. */
  static long id(String address) {
    RedisClient client = RedisClient.create(address);
    try {
      Matcher matcher = PROCESS.matcher(client.connect().sync().info("server"));
      if (!matcher.find()) {
        throw new IllegalStateException("Redis at %s tells no process_id".formatted(address));
      }
      return Long.parseLong(matcher.group(1));
    } finally {
      client.shutdown();
    }
  }
}
