package dev.plumbline.load;

import dev.plumbline.load.Caller.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Begins calls on a fixed schedule: call {@code i} is due {@code i / rate} seconds after the start.
 * Its latency counts from there, whenever it could be begun; so what waits behind a slow answer is
 * seen to wait. (Gil Tene's remedy for coordinated omission, as in wrk2.)
 */
public final class OpenLoop {
  /** The code of calls that were not begun, since too many had no answer yet. */
  public static final String NOT_BEGUN = "NOT_BEGUN";

  private static final int MOST_ON_THEIR_WAY = 20_000;
  private static final double NANOS = 1e9;

  private final Tally tally = new Tally();
  private final Semaphore places = new Semaphore(MOST_ON_THEIR_WAY);
  private final Schedule schedule;

  /**
   * When calls are due.
   *
   * @param rate calls a second, more than 0
   * @param time how long calls are begun
   * @param patience how long the last answers are waited for after that
   */
  public record Schedule(double rate, Duration time, Duration patience) {
    public Schedule {
      if (!(rate > 0 && rate < NANOS)) {
        throw new IllegalArgumentException(
            "a rate of %s calls a second (expected: more than 0)".formatted(rate));
      }
    }

    long calls() {
      return Math.max(1, Math.round(rate * time.toNanos() / NANOS));
    }

    private long nanosOf(long call) {
      return (long) (call * (NANOS / rate));
    }
  }

  private OpenLoop(Schedule schedule) {
    this.schedule = schedule;
  }

  /**
   * Keeps to the schedule, the callers taking turns, and waits for the last answers. {@link
   * LoadResult#seconds} is the time of the schedule.
   */
  public static LoadResult run(List<? extends Caller> callers, Schedule schedule)
      throws InterruptedException {
    OpenLoop loop = new OpenLoop(schedule);
    loop.call(callers);
    return loop.await();
  }

  private void call(List<? extends Caller> callers) throws InterruptedException {
    long start = System.nanoTime();
    for (long call = 0; call < schedule.calls(); call++) {
      long due = start + schedule.nanosOf(call);
      waitUntil(due);
      if (places.tryAcquire()) {
        callers.get((int) (call % callers.size())).begin(new DueCall(due));
      } else {
        tally.failed(NOT_BEGUN);
      }
    }
  }

  /** Parks and never spins: on a small machine the server needs the processor. */
  private static void waitUntil(long due) throws InterruptedException {
    for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
      LockSupport.parkNanos(early);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private LoadResult await() throws InterruptedException {
    if (!places.tryAcquire(
        MOST_ON_THEIR_WAY, schedule.patience().toNanos(), TimeUnit.NANOSECONDS)) {
      tally.failed(ClosedLoop.UNANSWERED, MOST_ON_THEIR_WAY - places.availablePermits());
    }
    return tally.result(schedule.nanosOf(schedule.calls()));
  }

  /** One call, which was due at that moment of {@link System#nanoTime}. */
  private final class DueCall implements Outcome {
    private final long due;

    DueCall(long due) {
      this.due = due;
    }

    @Override
    public void replied(long bytes) {
      tally.replied(System.nanoTime() - due, bytes);
      places.release();
    }

    @Override
    public void failed(String code) {
      tally.failed(code);
      places.release();
    }
  }
}
