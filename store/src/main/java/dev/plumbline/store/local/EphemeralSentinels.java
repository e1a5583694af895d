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
import java.util.stream.Collectors;

/**
 * A Redis of our own with one replica, and three sentinels that watch both. It keeps nothing and
 * dies with this process. For tests and demonstrations.
 */
public final class EphemeralSentinels implements AutoCloseable {
  private static final String NAME = "plumb";
  private static final int SENTINELS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path directory;
  private final List<LeashedRedis> data = new ArrayList<>();
  private final List<LeashedRedis> sentinels = new ArrayList<>();

  private EphemeralSentinels(Path directory) {
    this.directory = directory;
  }

  /**
   * All five, started and empty.
   *
   * @throws LocalRedisException if they cannot be started
   */
  public static EphemeralSentinels start() {
    try {
      EphemeralSentinels all = new EphemeralSentinels(Files.createTempDirectory("plumb-sentinels"));
      try {
        all.launch();
        return all;
      } catch (IOException | RuntimeException e) {
        all.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void launch() throws IOException {
    RedisExecutable executable = RedisExecutable.find(directory);
    int primary = LoopbackPort.free();
    data.add(
        new LeashedRedis(
            directory, executable, primary, RedisArguments.volatileOn(executable.path(), primary)));
    int replica = LoopbackPort.free();
    data.add(
        new LeashedRedis(
            directory,
            executable,
            replica,
            RedisArguments.replicaOn(executable.path(), replica, primary)));
    for (int sentinel = 0; sentinel < SENTINELS; sentinel++) {
      int port = LoopbackPort.free();
      Path file = directory.resolve("sentinel-" + port + ".conf");
      Files.writeString(
          file,
          """
          sentinel monitor %1$s %2$s %3$d 2
          sentinel down-after-milliseconds %1$s 1000
          sentinel failover-timeout %1$s 5000
          """
              .formatted(NAME, RedisProbe.LOOPBACK, primary));
      sentinels.add(
          new LeashedRedis(
              directory,
              executable,
              port,
              RedisArguments.sentinelOn(executable.path(), port, file)));
    }
    if (!StartUp.comesTrueWithin(PATIENCE, this::isWatched)) {
      throw new LocalRedisException("the sentinels do not find each other and the replica");
    }
  }

  private boolean isWatched() {
    String master = "name=" + NAME + ",status=ok";
    return sentinels.stream()
            .allMatch(
                sentinel ->
                    sentinel
                        .probe()
                        .ask("INFO sentinel", "master0:")
                        .filter(
                            line ->
                                line.startsWith(master)
                                    && line.endsWith("slaves=1,sentinels=" + SENTINELS))
                        .isPresent())
        && data.get(1)
            .probe()
            .ask("INFO replication", "master_link_status:")
            .filter("up"::equals)
            .isPresent();
  }

  /** All three sentinels, and the name of what they watch. */
  public RedisAddress address() {
    return RedisAddress.parse(
        sentinels.stream()
            .map(sentinel -> RedisProbe.LOOPBACK + ":" + sentinel.port())
            .collect(Collectors.joining(",", "redis-sentinel://", "/0#" + NAME)));
  }

  /** The address of the one that is the primary in the beginning. */
  public RedisAddress primary() {
    return data.get(0).address();
  }

  /** The address of its replica. */
  public RedisAddress replica() {
    return data.get(1).address();
  }

  /** Kills the one that is the primary in the beginning. */
  public void killPrimary() {
    data.get(0).kill();
  }

  @Override
  public void close() {
    sentinels.forEach(LeashedRedis::close);
    data.forEach(LeashedRedis::close);
    File[] left = directory.toFile().listFiles();
    for (File file : left == null ? new File[0] : left) {
      LeashedRedis.delete(file.toPath());
    }
    LeashedRedis.delete(directory);
  }
}
