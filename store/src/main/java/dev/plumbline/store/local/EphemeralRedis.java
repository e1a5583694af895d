package dev.plumbline.store.local;

import dev.plumbline.store.RedisAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A Redis of our own on a free port of the loopback, which keeps nothing and dies with this
 * process, however that ends. For tests and demonstrations.
 */
public final class EphemeralRedis implements AutoCloseable {
  /**
   * Becomes its arguments, and leaves behind one that ends them when its input ends; that happens
   * even if the process that holds the other end is killed.
   */
  private static final String LEASH =
      "exec 3<&0; (read -r _ <&3; kill $$ 2>/dev/null) & exec \"$@\" 3<&- </dev/null";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 3;

  private final Path directory;
  private final RedisExecutable executable;
  private final int port;
  private Process server;

  private EphemeralRedis(Path directory, RedisExecutable executable, int port) throws IOException {
    this.directory = directory;
    this.executable = executable;
    this.port = port;
    server = launch();
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
    return RedisAddress.of(RedisProbe.LOOPBACK, port);
  }

  /** Kills the server where it stands; what it held is lost. */
  public void kill() {
    server.destroyForcibly().onExit().join();
    try {
      server.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts an empty server in the place of one that was killed. */
  public void restart() {
    try {
      server = launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
    for (String name : List.of("redis.log", "redis-server")) {
      delete(directory.resolve(name));
    }
    delete(directory);
  }

  private Process launch() throws IOException {
    Path log = directory.resolve("redis.log");
    List<String> command = new ArrayList<>(List.of("sh", "-c", LEASH, "sh"));
    command.addAll(RedisArguments.volatileOn(executable.path(), port));
    Process launched =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!StartUp.isReadyWithin(PATIENCE, port, () -> OptionalLong.of(launched.pid()))) {
      launched.destroyForcibly();
      throw StartUp.failure(executable, log);
    }
    return launched;
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      path.toFile().deleteOnExit();
    }
  }
}
