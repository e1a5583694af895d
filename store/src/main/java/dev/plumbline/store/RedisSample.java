package dev.plumbline.store;

import dev.plumbline.type.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells from random keys of a Redis how many of them are records of one view. Of {@code n} keys
 * with a share {@code p} of the view, the estimate is off by about {@code sqrt((1 - p) / (n p))}: 2
 * % for a third of all keys, 10 % for a fortieth.
 */
final class RedisSample {
  /** So many keys are looked through in a blink. */
  private static final long COUNTED = 200_000;

  private static final int DRAWN = 4_000;

  private final RecordKeys keys;
  private final long counted;

  RedisSample(RecordKeys keys) {
    this(keys, COUNTED);
  }

  /**
   * A sampler of one view.
   *
   * @param counted how many keys a server may have whose records are counted
   */
  RedisSample(RecordKeys keys, long counted) {
    this.keys = keys;
    this.counted = counted;
  }

  RecordSample of(RedisNode node) {
    long all = node.connection().call(redis -> redis.dbsize());
    return all <= counted
        ? RecordSample.counted(RedisScan.entities(List.of(node), keys))
        : drawn(node.connection(), all);
  }

  private RecordSample drawn(RedisConnection connection, long all) {
    List<Bytes> found = new ArrayList<>();
    for (int i = 0; i < DRAWN; i++) {
      Optional<byte[]> key = Optional.ofNullable(connection.call(redis -> redis.randomkey()));
      key.flatMap(keys::entityKey).ifPresent(found::add);
    }
    return new RecordSample(
        Math.round((double) all * found.size() / DRAWN),
        found.subList(0, Math.min(found.size(), RecordSample.KEYS)));
  }
}
