package dev.plumbline.store.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for a server that was started, and what to say when it did not come. */
final class StartUp {
  private static final int POLL_MILLIS = 20;
  private static final int LOG_LINES = 5;

  private StartUp() {}

  /** Whether {@code server} answers on {@code port} in time; false at once when it ends. */
  static boolean isReadyWithin(Duration patience, int port, ProcessHandle server) {
    RedisProbe probe = new RedisProbe(port);
    long polls = patience.toMillis() / POLL_MILLIS;
    for (long poll = 0; poll < polls && server.isAlive(); poll++) {
      if (probe.isReady()) {
        return true;
      }
      pause(server);
    }
    return false;
  }

  static LocalRedisException failure(RedisExecutable executable, Path log) {
    return new LocalRedisException(
        "%s did not start: %s; see %s".formatted(executable.origin(), lastLines(log), log));
  }

  /** Until the next poll, or until the server has ended. */
  private static void pause(ProcessHandle server) {
    try {
      server.onExit().get(POLL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // it lives: poll again
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalRedisException("interrupted while Redis started", e);
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
