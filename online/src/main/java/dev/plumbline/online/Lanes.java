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
  private static final int MOST_LARGE = 64;

  private final Semaphore largeCalls = new Semaphore(MOST_LARGE);
  private final AtomicInteger threads = new AtomicInteger();
  private final ExecutorService besides =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          work -> {
            Thread thread = new Thread(work, "plumbline-large-" + threads.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });

  /** Runs the parts of one call, which {@linkplain #leave leaves} once when it ends. */
  interface Lane extends Executor {
    void leave();
  }

  private static final Lane SMALL =
      new Lane() {
        @Override
        public void execute(Runnable work) {
          work.run();
        }

        @Override
        public void leave() {}
      };

  private final Lane large =
      new Lane() {
        @Override
        public void execute(Runnable work) {
          besides.execute(work);
        }

        @Override
        public void leave() {
          largeCalls.release();
        }
      };

  /**
   * The lane of a call.
   *
   * @throws CallException.TooMuch if the server is busy with as many large calls as it takes
   */
  Lane enter(int requestBytes) {
    if (requestBytes <= LARGE_BYTES) {
      return SMALL;
    }
    if (!largeCalls.tryAcquire()) {
      throw new CallException.TooMuch(
          "request",
          "%d calls of more than %d bytes are under way; wait, and send fewer at a time"
              .formatted(MOST_LARGE, LARGE_BYTES));
    }
    return large;
  }

  @Override
  public void close() {
    besides.shutdown();
  }
}
