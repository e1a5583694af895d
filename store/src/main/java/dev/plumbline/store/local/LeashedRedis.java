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
 * A process of {@code redis-server} on the loopback that dies with this one, however that ends. It
 * can be killed and started again.
 */
final class LeashedRedis implements AutoCloseable {
  /**
   * Becomes its arguments, and leaves behind one that ends them when its input ends; that happens
   * even if the process that holds the other end is killed.
   */
  private static final String LEASH =
      "exec 3<&0; (read -r _ <&3; kill $$ 2>/dev/null) & exec \"$@\" 3<&- </dev/null";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path directory;
  private final RedisExecutable executable;
  private final int port;
  private final List<String> arguments;
  private Process server;

  /**
   * Starts it.
   *
   * @param directory of its own files, where it runs
   * @throws LocalRedisException if it does not start
   */
  LeashedRedis(Path directory, RedisExecutable executable, int port, List<String> arguments)
      throws IOException {
    this.directory = directory;
    this.executable = executable;
    this.port = port;
    this.arguments = arguments;
    this.server = launch();
  }

  private Process launch() throws IOException {
    Path log = log();
    List<String> command = new ArrayList<>(List.of("sh", "-c", LEASH, "sh"));
    command.addAll(arguments);
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

  private Path log() {
    return directory.resolve("redis-" + port + ".log");
  }

  int port() {
    return port;
  }

  RedisAddress address() {
    return RedisAddress.of(RedisProbe.LOOPBACK, port);
  }

  RedisProbe probe() {
    return new RedisProbe(port);
  }

  /** Kills it where it stands (SIGKILL); what it held in memory is lost. */
  void kill() {
    server.destroyForcibly().onExit().join();
    try {
      server.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again, after it was killed. */
  void restart() {
    try {
      server = launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
    delete(log());
  }

  /** Deletes a file or an empty folder, if it can be. */
  static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      path.toFile().deleteOnExit();
    }
  }
}
