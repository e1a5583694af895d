package dev.plumbline.store;

import dev.plumbline.timeline.Marker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The markers of views, one on each node. To the rest of the product a view has one: the oldest of
 * them, and none where a node has none. Thread-safe.
 */
final class RedisMarkers {
  private static final Comparator<Marker> AGE =
      Comparator.comparingLong(Marker::createdAt)
          .thenComparingLong(Marker::refresh)
          .thenComparingLong(Marker::publishedAt);

  private static final int MOVED = 1;
  private static final int ANOTHER_REIGN = -1;

  private final RedisServers servers;

  /** By node, of each view whose marker was asked for: since then its records may be written. */
  private final Map<OnlineView, Map<String, String>> reigns = new ConcurrentHashMap<>();

  RedisMarkers(RedisServers servers) {
    this.servers = servers;
  }

  /** What a node holds under the key of its own marker, in the first slot or in another one. */
  private record Held(
      RedisNode node, List<byte[]> keys, byte @Nullable [] bytes, Optional<Marker> marker) {
    static Held of(RedisNode node, List<byte[]> keys) {
      byte[] key = keys.get(0);
      byte[] bytes = node.connection().call(redis -> redis.get(key));
      return new Held(node, keys, bytes, MarkerCodec.decode(key, bytes));
    }

    byte[] seen() {
      return bytes == null ? new byte[0] : bytes;
    }

    boolean isAfter(Marker other) {
      return marker.isPresent() && AGE.compare(marker.get(), other) > 0;
    }
  }

  /** The oldest; absent if one of them is. */
  static Optional<Marker> oldest(List<Optional<Marker>> markers) {
    return markers.stream().allMatch(Optional::isPresent)
        ? markers.stream().flatMap(Optional::stream).min(AGE)
        : Optional.empty();
  }

  Optional<Marker> marker(StoredView view) {
    reigns.put(view.view(), reigns());
    return oldest(held(view).stream().map(Held::marker).toList());
  }

  private Map<String, String> reigns() {
    return servers.nodes().stream().collect(Collectors.toMap(RedisNode::id, RedisNode::reign));
  }

  private List<Held> held(StoredView view) {
    try {
      return heldBy(view);
    } catch (StoreUnavailableException e) {
      servers.distrust();
      if (RedisCluster.isMisdirected(e.getCause())) {
        return heldBy(view);
      }
      throw e;
    }
  }

  private List<Held> heldBy(StoredView view) {
    return servers.nodes().stream()
        .map(node -> Held.of(node, node.markerKeys(view.keys()).get(0)))
        .toList();
  }

  /** The newest of them, where they differ. */
  Optional<Marker> begun(StoredView view) {
    List<Optional<Marker>> markers = held(view).stream().map(Held::marker).distinct().toList();
    return markers.size() < 2
        ? Optional.empty()
        : markers.stream().flatMap(Optional::stream).max(AGE);
  }

  /**
   * Moves the marker of each node in turn; of several who do at once, one moves all.
   *
   * @throws StoreUnavailableException if a server has taken another's place since the marker was
   *     asked for: what was written in between may be lost
   */
  boolean advance(StoredView view, Optional<Marker> expected, Marker next) {
    Map<String, String> since = reigns.computeIfAbsent(view.view(), unasked -> reigns());
    boolean moved = advance(view, expected, next, since);
    // not after a failure: then what was written is in doubt as before
    reigns.remove(view.view(), since);
    return moved;
  }

  private boolean advance(
      StoredView view, Optional<Marker> expected, Marker next, Map<String, String> since) {
    List<Held> held = held(view);
    if (!oldest(held.stream().map(Held::marker).toList()).equals(expected)
        || held.stream().anyMatch(one -> !one.marker().equals(expected) && one.isAfter(next))) {
      return false;
    }
    for (Held first : sorted(held, expected)) {
      RedisNode node = first.node();
      String reign = since.getOrDefault(node.id(), "none");
      if (!advance(first, reign, next)) {
        return false;
      }
      node.markerKeys(view.keys()).stream()
          .skip(1)
          .forEach(keys -> advance(Held.of(node, keys), reign, next));
    }
    return true;
  }

  /**
   * First those that are as expected: of several who move at once, each has seen some of them, and
   * each of them is moved once.
   */
  private static List<Held> sorted(List<Held> held, Optional<Marker> expected) {
    return held.stream()
        .sorted(Comparator.comparing(one -> !one.marker().equals(expected)))
        .toList();
  }

  private boolean advance(Held held, String reign, Marker next) {
    List<byte[]> arguments = new ArrayList<>(List.of(held.seen(), RedisOnlineStore.ascii(reign)));
    held.keys().forEach(key -> arguments.add(MarkerCodec.encode(key, next)));
    RedisCall<Long> call = RedisScript.ADVANCE.on(held.keys(), arguments);
    long moved = RedisScript.ADVANCE.run(servers, List.of(call).iterator());
    if (moved == ANOTHER_REIGN) {
      throw new StoreUnavailableException(
          "Redis at %s: it was restarted, or a replica took its place, while records were written, so some may be lost; push again"
              .formatted(servers.address()),
          new IllegalStateException("another reign"));
    }
    return moved == MOVED;
  }
}
