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

  /** What a node holds under the key of its own marker. */
  private record Held(
      RedisNode node, List<byte[]> keys, byte @Nullable [] bytes, Optional<Marker> marker) {
    static Held of(RedisNode node, RecordKeys records) {
      List<byte[]> keys = node.markerKeys(records);
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
    return servers.nodes().stream().map(node -> Held.of(node, view.keys())).toList();
  }

  /** The newest of them, where they differ. */
  Optional<Marker> begun(StoredView view) {
    List<Optional<Marker>> markers = held(view).stream().map(Held::marker).distinct().toList();
    return markers.size() < 2
        ? Optional.empty()
        : markers.stream().flatMap(Optional::stream).max(AGE);
  }

  /**
   * Moves the marker of each node in turn: who moves the first one moves the others too.
   *
   * @throws StoreUnavailableException if a server has taken another's place since the marker was
   *     asked for: what was written in between may be lost
   */
  boolean advance(StoredView view, Optional<Marker> expected, Marker next) {
    Map<String, String> known = reigns.remove(view.view());
    Map<String, String> since = known == null ? reigns() : known;
    List<Held> held = held(view);
    if (!oldest(held.stream().map(Held::marker).toList()).equals(expected)
        || held.stream().anyMatch(one -> !one.marker().equals(expected) && one.isAfter(next))) {
      return false;
    }
    for (Held one : held) {
      int moved = advance(one, since.getOrDefault(one.node().id(), "none"), next);
      if (moved == ANOTHER_REIGN) {
        throw new StoreUnavailableException(
            "Redis at %s: it was restarted, or a replica took its place, while records were written, so some may be lost; push again"
                .formatted(servers.address()),
            new IllegalStateException("another reign"));
      }
      if (moved != MOVED) {
        return false;
      }
    }
    return true;
  }

  private int advance(Held held, String reign, Marker next) {
    List<byte[]> arguments = new ArrayList<>(List.of(held.seen(), RedisOnlineStore.ascii(reign)));
    held.keys().forEach(key -> arguments.add(MarkerCodec.encode(key, next)));
    RedisCall<Long> call = RedisScript.ADVANCE.on(held.keys(), arguments);
    return (int) RedisScript.ADVANCE.run(servers, List.of(call).iterator());
  }
}
