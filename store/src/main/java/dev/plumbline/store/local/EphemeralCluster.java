package dev.plumbline.store.local;

import dev.plumbline.store.RedisAddress;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A Redis Cluster of our own on the loopback: three masters with a third of the slots each, and a
 * replica of each. It keeps nothing and dies with this process. For tests and demonstrations.
 */
public final class EphemeralCluster implements AutoCloseable {
  private static final int MASTERS = 3;
  private static final int SLOTS = 16_384;

  /** More in one command would be a longer line than Redis reads. */
  private static final int SLOTS_PER_COMMAND = 2_000;

  private static final Duration NODE_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path directory;
  private final List<LeashedRedis> nodes = new ArrayList<>();

  private EphemeralCluster(Path directory) {
    this.directory = directory;
  }

  /**
   * A cluster of its own, started, joined and empty.
   *
   * @throws LocalRedisException if it cannot be started
   */
  public static EphemeralCluster start() {
    try {
      EphemeralCluster cluster = new EphemeralCluster(Files.createTempDirectory("plumb-cluster"));
      try {
        cluster.launch();
        cluster.join();
        return cluster;
      } catch (IOException | RuntimeException e) {
        cluster.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void launch() throws IOException {
    RedisExecutable executable = RedisExecutable.find(directory);
    for (int node = 0; node < 2 * MASTERS; node++) {
      nodes.add(launchedNode(executable));
    }
  }

  private LeashedRedis launchedNode(RedisExecutable executable) throws IOException {
    int port = LoopbackPort.freeWithBus();
    return new LeashedRedis(
        directory, executable, port, RedisArguments.nodeOn(executable.path(), port, NODE_TIMEOUT));
  }

  private void join() {
    for (int node = 0; node < nodes.size(); node++) {
      ask(node, "CLUSTER SET-CONFIG-EPOCH " + (node + 1));
    }
    for (int master = 0; master < MASTERS; master++) {
      int from = SLOTS * master / MASTERS;
      int to = SLOTS * (master + 1) / MASTERS;
      for (int slot = from; slot < to; slot += SLOTS_PER_COMMAND) {
        ask(
            master,
            IntStream.range(slot, Math.min(to, slot + SLOTS_PER_COMMAND))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" ", "CLUSTER ADDSLOTS ", "")));
      }
    }
    for (int node = 1; node < nodes.size(); node++) {
      ask(0, "CLUSTER MEET " + RedisProbe.LOOPBACK + " " + nodes.get(node).port());
    }
    await("its nodes do not meet", () -> everyone("cluster_known_nodes:", "" + nodes.size()));
    for (int master = 0; master < MASTERS; master++) {
      ask(MASTERS + master, "CLUSTER REPLICATE " + id(master));
    }
    awaitHealth();
  }

  /** Waits until all nodes agree that all slots are served, and replicas have copied. */
  public void awaitHealth() {
    await("it is not whole", () -> everyone("cluster_state:", "ok") && replicasAreLinked());
  }

  private boolean everyone(String field, String expected) {
    return nodes.stream().allMatch(node -> says(node.probe(), "CLUSTER INFO", field, expected));
  }

  private static boolean says(RedisProbe node, String command, String field, String expected) {
    return node.ask(command, field).filter(expected::equals).isPresent();
  }

  private RedisProbe probe(int number) {
    return nodes.get(number).probe();
  }

  private boolean replicasAreLinked() {
    return nodes.stream()
            .map(LeashedRedis::probe)
            .filter(node -> says(node, "INFO replication", "role:", "slave"))
            .filter(node -> says(node, "INFO replication", "master_link_status:", "up"))
            .count()
        >= MASTERS;
  }

  private static void await(String otherwise, BooleanSupplier condition) {
    if (!StartUp.comesTrueWithin(PATIENCE, condition)) {
      throw new LocalRedisException("the cluster: " + otherwise);
    }
  }

  /** Its first three nodes. */
  public RedisAddress address() {
    return RedisAddress.parse(
        nodes.stream()
            .limit(MASTERS)
            .map(node -> RedisProbe.LOOPBACK + ":" + node.port())
            .collect(Collectors.joining(",", "redis-cluster://", "")));
  }

  /** How many nodes there are; in the beginning the first half are masters, then their replicas. */
  public int size() {
    return nodes.size();
  }

  /** The address of one node alone. */
  public RedisAddress node(int number) {
    return nodes.get(number).address();
  }

  /** The name under which the others know a node. */
  public String id(int number) {
    return probe(number)
        .nodeId()
        .orElseThrow(() -> new LocalRedisException("node " + number + " does not say its name"));
  }

  /** Waits until a node that was a replica is a master, and all slots are served again. */
  public void awaitMaster(int number) {
    await(
        "nobody takes the place of the master that was lost",
        () ->
            says(probe(number), "INFO replication", "role:", "master")
                && says(probe(number), "CLUSTER INFO", "cluster_state:", "ok"));
  }

  /** Kills a node where it stands; what it held is lost. */
  public void kill(int number) {
    nodes.get(number).kill();
  }

  /** Starts a node that was killed: empty, but known to the others. */
  public void restart(int number) {
    nodes.get(number).restart();
  }

  /** Adds a master that has no slots; returns its number. */
  public int addMaster() {
    try {
      nodes.add(launchedNode(RedisExecutable.find(directory)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int added = nodes.size() - 1;
    ask(0, "CLUSTER MEET " + RedisProbe.LOOPBACK + " " + nodes.get(added).port());
    await("a new node is not known", () -> everyone("cluster_known_nodes:", "" + nodes.size()));
    awaitHealth();
    return added;
  }

  /** Asks a node; what is no {@code +OK} is a failure. */
  private void ask(int node, String command) {
    String answer = probe(node).ask(command).orElse("no answer");
    if (!answer.equals("+OK")) {
      throw new LocalRedisException(
          "the cluster: %s: %s"
              .formatted(command.substring(0, Math.min(40, command.length())), answer));
    }
  }

  @Override
  public void close() {
    nodes.forEach(LeashedRedis::close);
    File[] left = directory.toFile().listFiles();
    for (File file : left == null ? new File[0] : left) {
      LeashedRedis.delete(file.toPath());
    }
    LeashedRedis.delete(directory);
  }
}
