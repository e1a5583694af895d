package dev.plumbline.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a Redis must be like so that a record that is not there was never written. */
final class RedisSafety {
  private static final Pattern LINE = Pattern.compile("(?m)^(\\w+):(.*?)\\r?$");
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");
  private static final int LEAST = 602;

  private RedisSafety() {}

  /**
   * What of its settings could make answers wrong, one sentence each.
   *
   * @param info the answer to {@code INFO}
   */
  static List<String> dangers(RedisAddress address, String info) {
    Map<String, String> facts =
        LINE.matcher(info)
            .results()
            .collect(Collectors.toMap(m -> m.group(1), m -> m.group(2), (first, second) -> first));
    String at = "Redis at " + address + ": ";
    List<String> dangers = new ArrayList<>();
    String version = facts.getOrDefault("redis_version", "unknown");
    if (isTooOld(version)) {
      dangers.add(at + "version " + version + " (expected: 6.2 or newer); upgrade it");
    }
    String policy = facts.getOrDefault("maxmemory_policy", "unknown");
    if (!policy.equals("noeviction")) {
      dangers.add(
          at
              + "maxmemory-policy "
              + policy
              + " (expected: noeviction, since an evicted record looks like one that never was);"
              + " CONFIG SET maxmemory-policy noeviction, and in its redis.conf");
    }
    if ("1".equals(facts.get("cluster_enabled")) && !address.isCluster()) {
      dangers.add(
          at
              + "it is a node of a cluster (expected: redis-cluster://host:port); correct the address");
    }
    return List.copyOf(dangers);
  }

  private static boolean isTooOld(String version) {
    Matcher numbers = VERSION.matcher(version);
    return !numbers.matches()
        || Integer.parseInt(numbers.group(1)) * 100 + Integer.parseInt(numbers.group(2)) < LEAST;
  }
}
