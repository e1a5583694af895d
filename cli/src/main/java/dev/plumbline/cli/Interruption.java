package dev.plumbline.cli;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.util.SignalUtils;

/**
 * Whether this process was asked to end, by SIGINT or SIGTERM. Work that is under way is abandoned,
 * which is always safe: whoever runs next ends or undoes it.
 */
final class Interruption {
  /** Signals are a matter of the whole process. */
  private static final Interruption PROCESS = new Interruption();

  private final CountDownLatch requested = new CountDownLatch(1);
  private final Set<Runnable> actions = new CopyOnWriteArraySet<>();
  private boolean watching;

  static Interruption ofProcess() {
    return PROCESS;
  }

  /** An action that is taken on a request, until this is closed. */
  interface Registered extends AutoCloseable {
    @Override
    void close();
  }

  /** From now on the first signal is a request; the next one ends the process at once. */
  synchronized void watchSignals() {
    if (!watching) {
      watching = true;
      List.of("INT", "TERM").forEach(signal -> SignalUtils.register(signal, this::request));
    }
  }

  /** Abandons what is under way; false if that was asked for before. */
  boolean request() {
    if (isRequested()) {
      return false;
    }
    requested.countDown();
    actions.forEach(Runnable::run);
    return true;
  }

  boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Does {@code action} when it is requested. */
  Registered onRequest(Runnable action) {
    actions.add(action);
    return () -> actions.remove(action);
  }

  /** Whether it is requested within so much time; waits no longer than that. */
  boolean isRequestedWithin(Duration time) throws InterruptedException {
    return requested.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Goes on only if nobody asked this process to end.
   *
   * @throws CancellationException otherwise
   */
  void throwIfRequested() {
    if (isRequested()) {
      throw new CancellationException("interrupted");
    }
  }
}
