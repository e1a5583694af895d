package dev.plumbline.store.local;

import dev.plumbline.store.RedisAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Redis of our own on a free port of the loopback, which keeps nothing and dies with this
 * process, however that ends. For tests and demonstrations.
 */
public final class EphemeralRedis implements AutoCloseable {
  private static final int ATTEMPTS = 3;

  private final Path directory;
  private final LeashedRedis server;

  private EphemeralRedis(Path directory, RedisExecutable executable, int port) throws IOException {
    this.directory = directory;
    this.server =
        new LeashedRedis(
            directory, executable, port, RedisArguments.volatileOn(executable.path(), port));
  }

  /**
   * A Redis of its own, started and empty.
   *
   * @throws LocalRedisException if none can be started
   */
  public static EphemeralRedis start() {
    try {
      Path directory = Files.createTempDirectory("plumb-redis");
      RedisExecutable executable = RedisExecutable.find(directory);
      for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
        try {
          return new EphemeralRedis(directory, executable, LoopbackPort.free());
        } catch (LocalRedisException e) {
          // another may have taken the port meanwhile; the last attempt tells what is wrong
        }
      }
      return new EphemeralRedis(directory, executable, LoopbackPort.free());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public RedisAddress address() {
    return server.address();
  }

  /** Kills the server where it stands; what it held is lost. */
  public void kill() {
    server.kill();
  }

  /** Starts an empty server in the place of one that was killed. */
  public void restart() {
    server.restart();
  }

  @Override
  public void close() {
    server.close();
    LeashedRedis.delete(directory.resolve("redis-server"));
    LeashedRedis.delete(directory);
  }
}
