package dev.plumbline.store;

import dev.plumbline.store.OnlineStore.Occupancy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** All keys of one view in a Redis, however they came there. */
final class StoredKeys {
  private static final int KEYS_PER_PIPELINE = 500;

  private final RedisServers servers;
  private final RecordKeys keys;

  StoredKeys(RedisServers servers, RecordKeys keys) {
    this.servers = servers;
    this.keys = keys;
  }

  /** How much there is, marker and records. */
  Occupancy occupancy() {
    Counted markers = count(markers());
    Counted records = count(records());
    return new Occupancy(records.keys, markers.keys, markers.bytes + records.bytes);
  }

  /** Removes the markers, then the records; returns how many records that were. */
  long forget() {
    remove(markers());
    return remove(records());
  }

  private Iterator<byte[]> markers() {
    return scan(keys.markerPattern(), keys::isMarker);
  }

  private Iterator<byte[]> records() {
    return scan(keys.pattern(), key -> keys.entityKey(key).isPresent());
  }

  private Iterator<byte[]> scan(byte[] pattern, Predicate<byte[]> ours) {
    return new RedisScan<>(servers.nodes(), pattern, key -> Optional.of(key).filter(ours));
  }

  private record Counted(long keys, long bytes) {}

  private Counted count(Iterator<byte[]> found) {
    long count = 0;
    long bytes = 0;
    while (found.hasNext()) {
      List<byte[]> some = next(found);
      count += some.size();
      bytes += some.stream().mapToLong(key -> key.length).sum() + sum(some, RedisCall::length);
    }
    return new Counted(count, bytes);
  }

  private long remove(Iterator<byte[]> found) {
    long removed = 0;
    while (found.hasNext()) {
      removed += sum(next(found), RedisCall::unlink);
    }
    return removed;
  }

  private static List<byte[]> next(Iterator<byte[]> found) {
    List<byte[]> some = new ArrayList<>();
    while (found.hasNext() && some.size() < KEYS_PER_PIPELINE) {
      some.add(found.next());
    }
    return some;
  }

  /** Of the answers to one call for each key. */
  private long sum(List<byte[]> some, Function<byte[], RedisCall<Long>> command) {
    List<RedisCall<Long>> calls = some.stream().map(command).toList();
    servers.outcomes().await(servers.send(calls, () -> calls));
    return calls.stream().mapToLong(servers.outcomes()::answer).sum();
  }
}
