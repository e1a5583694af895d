package dev.plumbline.store.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for a server that was started, and what to say when it did not come. */
final class StartUp {
  private static final int POLL_MILLIS = 20;
  private static final int LOG_LINES = 5;

  private StartUp() {}

  /**
   * Whether {@code server} itself, and not another that took its port, answers in time; false at
   * once when it ends.
   *
   * @param server empty while its process is not known yet
   */
  static boolean isReadyWithin(Duration patience, int port, Supplier<OptionalLong> server) {
    RedisProbe probe = new RedisProbe(port);
    boolean settled =
        comesTrueWithin(
            patience,
            () -> {
              OptionalLong pid = server.get();
              return pid.isPresent() && (!isAlive(pid.getAsLong()) || probe.isReady());
            });
    OptionalLong pid = server.get();
    return settled && pid.isPresent() && probe.isProcess(pid.getAsLong());
  }

  /**
   * Whether a server that was asked to end gives its port back in time, which is the last it does;
   * its process may be listed a while longer.
   */
  static boolean hasEndedWithin(Duration patience, int port) {
    return comesTrueWithin(patience, () -> LoopbackPort.isFree(port));
  }

  /**
   * Whether something comes true in time; it is looked at once at least, however long that takes.
   */
  static boolean comesTrueWithin(Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      pause();
    }
    return true;
  }

  /** The process that a daemon has written into a file; empty while it has not. */
  static OptionalLong processIn(Path pidFile) {
    try {
      return OptionalLong.of(Long.parseLong(Files.readString(pidFile).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  static LocalRedisException failure(RedisExecutable executable, Path log) {
    return new LocalRedisException(
        "%s did not start: %s; see %s".formatted(executable.origin(), lastLines(log), log));
  }

  static LocalRedisException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new LocalRedisException("interrupted while waiting for Redis", e);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static String lastLines(Path log) {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException e) {
      return "it left no log";
    }
  }
}
