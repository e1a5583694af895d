package dev.plumbline.cli;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** {@code plumb serve} in a thread of its own, until closed. */
final class RunningServer implements AutoCloseable {
  private static final Duration TO_START = Duration.ofSeconds(30);

  private final Terminal.Screen screen = new Terminal.Screen();
  private final Thread thread;

  private RunningServer(String... arguments) {
    thread = new Thread(() -> Plumb.commandLine().execute(arguments), "plumb serve");
  }

  /** A server that has said where it listens. */
  static RunningServer start(String... arguments) {
    RunningServer server = new RunningServer(arguments);
    server.screen.showing(
        () -> {
          server.thread.start();
          server.awaitGreeting();
          return server;
        });
    return server;
  }

  /** What it said when it was ready. */
  String greeting() {
    return screen.out();
  }

  private void awaitGreeting() throws InterruptedException {
    long deadline = System.nanoTime() + TO_START.toNanos();
    while (screen.out().isEmpty()) {
      if (!thread.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("plumb serve did not start: " + screen.err());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join(TO_START.toMillis());
  }
}
