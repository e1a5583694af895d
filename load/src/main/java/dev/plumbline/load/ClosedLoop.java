package dev.plumbline.load;

import dev.plumbline.load.Caller.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps one call of each caller on its way, all the time. Latencies are counted from where a call
 * begins; they say little, since a slow answer keeps its caller from asking.
 */
public final class ClosedLoop {
  /** The code of calls that had no answer long after the end. */
  public static final String UNANSWERED = "UNANSWERED";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Tally tally = new Tally();
  private final CountDownLatch calling;
  private final long start = System.nanoTime();
  private final long nanos;

  private ClosedLoop(int callers, Duration time) {
    calling = new CountDownLatch(callers);
    nanos = time.toNanos();
  }

  /**
   * Calls for {@code time}, and waits for the last answers. A caller whose call fails calls no
   * more.
   *
   * @param callers as many as calls are to be on their way
   */
  public static LoadResult run(List<? extends Caller> callers, Duration time)
      throws InterruptedException {
    ClosedLoop loop = new ClosedLoop(callers.size(), time);
    callers.forEach(caller -> loop.new Lane(caller).next());
    return loop.await();
  }

  private LoadResult await() throws InterruptedException {
    if (!calling.await(nanos + PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
      tally.failed(UNANSWERED, calling.getCount());
    }
    return tally.result(System.nanoTime() - start);
  }

  /** One caller, whose calls follow one another. */
  private final class Lane implements Outcome {
    private final Caller caller;
    private long began;

    Lane(Caller caller) {
      this.caller = caller;
    }

    void next() {
      began = System.nanoTime();
      caller.begin(this);
    }

    @Override
    public void replied(long bytes) {
      long now = System.nanoTime();
      tally.replied(now - began, bytes);
      if (now - start < nanos) {
        next();
      } else {
        calling.countDown();
      }
    }

    @Override
    public void failed(String code) {
      tally.failed(code);
      calling.countDown();
    }
  }
}
