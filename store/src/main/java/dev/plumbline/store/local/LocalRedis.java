package dev.plumbline.store.local;

import dev.plumbline.store.RedisAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A Redis of our own that keeps its data in one directory, listens on the loopback alone and
 * outlives the command that started it, until it is stopped. Commands that start at once get the
 * same one.
 */
public final class LocalRedis {
  private static final Duration TO_START = Duration.ofSeconds(30);
  private static final Duration TO_STOP = Duration.ofSeconds(10);

  private final Path directory;
  private final Duration toStart;

  /**
   * A Redis to use.
   *
   * @param origin where it comes from, for people
   */
  public record Found(RedisAddress address, String origin) {}

  private record Running(int port, long pid) {}

  /**
   * A Redis that lives in a folder; not started yet.
   *
   * @param directory for data, log and executable; made if it is not there
   */
  public LocalRedis(Path directory) {
    this(directory, TO_START);
  }

  LocalRedis(Path directory, Duration toStart) {
    this.directory = directory.toAbsolutePath();
    this.toStart = toStart;
  }

  /**
   * The Redis at the given address; without one, the one of {@code directory}, started if it does
   * not run.
   *
   * @throws LocalRedisException if none can be started
   */
  public static Found find(Optional<RedisAddress> given, Path directory) {
    return given
        .map(address -> new Found(address, "the Redis at " + address + ", as configured"))
        .orElseGet(() -> new LocalRedis(directory).start());
  }

  /**
   * The one that runs, or one that is started on the same data and, if it is free, the same port.
   *
   * @throws LocalRedisException if none can be started; the message says why and what to install
   */
  public Found start() {
    return alone(() -> alive().map(this::alreadyRunning).orElseGet(this::launch));
  }

  /** The one that runs. */
  public Optional<Found> running() {
    return alive().map(this::alreadyRunning);
  }

  /**
   * Ends the one that runs; its data stays.
   *
   * @return whether one was running
   */
  public boolean stop() {
    return alone(() -> alive().map(this::stopped).orElse(false));
  }

  private Found alreadyRunning(Running running) {
    return found(running.port(), "running since before");
  }

  private Found found(int port, String origin) {
    return new Found(
        RedisAddress.of(RedisProbe.LOOPBACK, port),
        "a local Redis on port %d with its data in %s (%s)".formatted(port, directory, origin));
  }

  private Found launch() {
    RedisExecutable executable = RedisExecutable.find(directory);
    try {
      int port = port();
      Path log = directory.resolve("redis.log");
      Path pid = directory.resolve("redis.pid");
      Files.deleteIfExists(log);
      Files.deleteIfExists(pid);
      launcher(executable, port).waitFor(toStart.toSeconds(), TimeUnit.SECONDS);
      if (!StartUp.isReadyWithin(toStart, port, () -> StartUp.processIn(pid))) {
        throw StartUp.failure(executable, log);
      }
      write(new Running(port, StartUp.processIn(pid).orElseThrow()));
      return found(port, "started with " + executable.origin());
    } catch (IOException e) {
      throw new LocalRedisException(
          "%s cannot be started in %s: %s; see that the directory can be written"
              .formatted(executable.origin(), directory, e.getMessage()),
          e);
    } catch (InterruptedException e) {
      throw StartUp.interrupted(e);
    }
  }

  /** Ends when the daemon has gone its own way, beyond the reach of the terminal's signals. */
  private Process launcher(RedisExecutable executable, int port) throws IOException {
    return new ProcessBuilder(RedisArguments.daemonOn(executable.path(), port, directory))
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("redis.log").toFile()))
        .start();
  }

  private int port() throws IOException {
    Optional<Integer> last = last().map(Running::port).filter(LoopbackPort::isFree);
    return last.isPresent() ? last.get() : LoopbackPort.free();
  }

  private boolean stopped(Running running) {
    new RedisProbe(running.port()).shutDown();
    if (StartUp.hasEndedWithin(TO_STOP, running.port())) {
      return true;
    }
    throw new LocalRedisException(
        "the Redis on port %d (process %d) does not end; see %s"
            .formatted(running.port(), running.pid(), directory.resolve("redis.log")));
  }

  /** The one last started, if that very process still answers: ports and processes are reused. */
  private Optional<Running> alive() {
    return last().filter(running -> new RedisProbe(running.port()).isProcess(running.pid()));
  }

  private Optional<Running> last() {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file())) {
      properties.load(in);
      return Optional.of(
          new Running(
              Integer.parseInt(properties.getProperty("port")),
              Long.parseLong(properties.getProperty("pid"))));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // never started, or its file is no longer to be read: start anew
    }
  }

  private void write(Running running) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("port", Integer.toString(running.port()));
    properties.setProperty("pid", Long.toString(running.pid()));
    Path fresh = directory.resolve("running.fresh");
    try (OutputStream out = Files.newOutputStream(fresh)) {
      properties.store(out, "the Redis of this directory");
    }
    Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path file() {
    return directory.resolve("running");
  }

  /** Does this while no other thread or process does anything to the directory's Redis. */
  private <T> T alone(Supplier<T> action) {
    synchronized (LocalRedis.class) { // a file lock tells processes apart, not threads
      try {
        Files.createDirectories(directory);
        try (FileChannel file =
                FileChannel.open(
                    directory.resolve("lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            var lock = file.lock()) {
          return lock.isValid() ? action.get() : alone(action);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(
            directory + " cannot be used for a local Redis: " + e.getMessage(), e);
      }
    }
  }
}
