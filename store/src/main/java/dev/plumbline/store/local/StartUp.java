package dev.plumbline.store.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting for a server that was started, and what to say when it did not come. */
final class StartUp {
  private static final int POLL_MILLIS = 20;
  private static final int LOG_LINES = 5;

  private StartUp() {}

  /** Whether {@code server} answers on {@code port} in time; false at once when it ends. */
  static boolean isReadyWithin(Duration patience, int port, ProcessHandle server) {
    return isReadyWithin(patience, port, server::isAlive);
  }

  /** The same of a daemon, which writes its process into a file when it has begun. */
  static boolean isReadyWithin(Duration patience, int port, Path pidFile) {
    return isReadyWithin(patience, port, () -> isAlive(pidFile));
  }

  private static boolean isReadyWithin(Duration patience, int port, BooleanSupplier alive) {
    RedisProbe probe = new RedisProbe(port);
    for (long poll = 0; poll < patience.toMillis() / POLL_MILLIS; poll++) {
      if (probe.isReady()) {
        return true;
      }
      if (!alive.getAsBoolean()) {
        return false;
      }
      pause();
    }
    return false;
  }

  /** Until the file is there the daemon is taken to be on its way. */
  private static boolean isAlive(Path pidFile) {
    try {
      long pid = Long.parseLong(Files.readString(pidFile).strip());
      return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    } catch (IOException | NumberFormatException e) {
      return true;
    }
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
