package dev.plumbline.store;

import dev.plumbline.store.local.EphemeralCluster;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A cluster of one test class, and a way past the store, to all of it and to each node. */
final class TestingCluster implements AutoCloseable {
  private static final Pattern LOOKS = Pattern.compile("cmdstat_cluster\\S*:calls=(\\d+)");

  private final EphemeralCluster cluster = EphemeralCluster.start();
  private final RedisClusterClient client = RedisClusterClient.create(cluster.address().uris());
  private final StatefulRedisClusterConnection<byte[], byte[]> connection =
      client.connect(ByteArrayCodec.INSTANCE);
  private final RedisClient nodeClient = RedisClient.create();
  private final Map<Integer, RedisCommands<byte[], byte[]>> nodes = new HashMap<>();

  EphemeralCluster processes() {
    return cluster;
  }

  RedisAddress address() {
    return cluster.address();
  }

  /** Asks one node, and goes nowhere else. */
  RedisCommands<byte[], byte[]> node(int number) {
    return nodes.computeIfAbsent(
        number,
        fresh -> nodeClient.connect(ByteArrayCodec.INSTANCE, cluster.node(fresh).uri()).sync());
  }

  void put(byte[] key, byte[] value) {
    connection.sync().set(key, value);
  }

  Optional<Duration> timeToLive(byte[] key) {
    return Optional.of(connection.sync().pttl(key))
        .filter(left -> left >= 0)
        .map(Duration::ofMillis);
  }

  /** How often its nodes were asked about the cluster, by whomever. */
  long looks() {
    return IntStream.range(0, cluster.size())
        .mapToObj(number -> node(number).info("commandstats"))
        .flatMap(info -> LOOKS.matcher(info).results())
        .mapToLong(calls -> Long.parseLong(calls.group(1)))
        .sum();
  }

  /** Empties all masters, whatever the client knows of who they are. */
  void flush() {
    for (int number = 0; number < cluster.size(); number++) {
      if (node(number).info("replication").contains("role:master")) {
        node(number).flushall();
      }
    }
  }

  /** Under which keys the markers of a view lie now, one for each master. */
  List<byte[]> markerKeys(OnlineView view) {
    client.refreshPartitions();
    return ClusterLayout.of(client.getPartitions()).masters().stream()
        .map(master -> new RecordKeys(view).marker(master.places().get(0).get(0)))
        .toList();
  }

  /** Moves a slot with all that is in it, as {@code redis-cli --cluster reshard} does. */
  void move(int slot, int from, int to) {
    beginMove(slot, from, to);
    for (byte[] key : node(from).clusterGetKeysInSlot(slot, 1_000)) {
      move(key, from, to);
    }
    endMove(slot, to);
  }

  void beginMove(int slot, int from, int to) {
    node(to).clusterSetSlotImporting(slot, cluster.id(from));
    node(from).clusterSetSlotMigrating(slot, cluster.id(to));
  }

  void move(byte[] key, int from, int to) {
    var address = cluster.node(to).uri();
    node(from).migrate(address.getHost(), address.getPort(), key, 0, 5_000);
  }

  /**
   * The new owner learns it first: it makes an epoch of it, by which all others know who is right.
   */
  void endMove(int slot, int to) {
    String owner = cluster.id(to);
    node(to).clusterSetSlotNode(slot, owner);
    for (int master = 0; master < 3; master++) {
      node(master).clusterSetSlotNode(slot, owner);
    }
  }

  @Override
  public void close() {
    nodeClient.close();
    client.close();
    cluster.close();
  }
}
