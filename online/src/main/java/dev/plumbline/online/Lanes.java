package dev.plumbline.online;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where calls do their work: a small one on the event loop by which it came, without a hop; a large
 * one beside it, for it would keep all the small ones waiting. Thread-safe.
 */
final class Lanes implements AutoCloseable {
  private static final int LARGE_BYTES = 8 << 10;

  private final ServingLimits limits;
  private final Semaphore calls;
  private final Semaphore largeCalls;
  private final AtomicInteger threads = new AtomicInteger();
  private final ExecutorService largeCallThreads =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          work -> {
            Thread thread = new Thread(work, "plumbline-large-" + threads.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });

  Lanes(ServingLimits limits) {
    this.limits = limits;
    calls = new Semaphore(limits.calls());
    largeCalls = new Semaphore(limits.largeCalls());
  }

  /** Runs the parts of one call, which {@linkplain #leave leaves} once when it ends. */
  interface Lane extends Executor {
    void leave();
  }

  private final Lane small =
      new Lane() {
        @Override
        public void execute(Runnable work) {
          work.run();
        }

        @Override
        public void leave() {
          calls.release();
        }
      };

  private final Lane large =
      new Lane() {
        @Override
        public void execute(Runnable work) {
          largeCallThreads.execute(work);
        }

        @Override
        public void leave() {
          largeCalls.release();
          calls.release();
        }
      };

  /**
   * The lane of a call.
   *
   * @throws CallException.TooMuch if the server is busy with as many calls as it takes, or with as
   *     many large ones
   */
  Lane enter(int requestBytes) {
    if (!calls.tryAcquire()) {
      throw new CallException.TooMuch(
          "request",
          "%d calls are under way, and no more are taken (--max-calls); wait, and send fewer at a time"
              .formatted(limits.calls()));
    }
    if (requestBytes <= LARGE_BYTES) {
      return small;
    }
    if (!largeCalls.tryAcquire()) {
      calls.release();
      throw new CallException.TooMuch(
          "request",
          "%d calls of more than %d bytes are under way, and no more are taken (--max-large-calls); wait, and send fewer at a time"
              .formatted(limits.largeCalls(), LARGE_BYTES));
    }
    return large;
  }

  @Override
  public void close() {
    largeCallThreads.shutdown();
  }
}
