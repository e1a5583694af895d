package dev.plumbline.cli;

import dev.plumbline.offline.Ticker;
import java.time.Duration;
import java.util.Optional;

/**
 * How far a command has come: over its views, the parts of each, and the tasks of each part. What
 * remains is estimated from the time that views or parts took that are done, taking them alike; of
 * work that is not divided, only for its present step, from its tasks. Thread-safe.
 */
final class WorkProgress {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(3);
  private static final double FAR_ENOUGH = 0.02;

  private final Ticker ticker;
  private long began;
  private String step = "";
  private int views = 1;
  private int viewsDone;
  private int parts = 1;
  private int partsDone;
  private long tasks;
  private long tasksDone;
  private long stepBegan;
  private long stepTasks;
  private long stepTasksDone;

  WorkProgress(Ticker ticker) {
    this.ticker = ticker;
    this.began = ticker.nanos();
    this.stepBegan = began;
  }

  /** Other work begins, which has nothing to do with that before. */
  synchronized void restart() {
    began = ticker.nanos();
    views(0, 1);
    at("");
  }

  synchronized void views(int done, int of) {
    viewsDone = done;
    views = of;
    parts(0, 1);
  }

  synchronized void parts(int done, int of) {
    partsDone = done;
    parts = of;
    tasks = 0;
    tasksDone = 0;
  }

  synchronized void at(String newStep) {
    if (!newStep.equals(step)) {
      step = newStep;
      stepBegan = ticker.nanos();
      stepTasks = 0;
      stepTasksDone = 0;
    }
  }

  /** A Spark job began within the present part. */
  synchronized void begins(long jobTasks) {
    tasks += jobTasks;
    stepTasks += jobTasks;
  }

  synchronized void taskDone() {
    tasksDone++;
    stepTasksDone++;
  }

  /** No Spark job is under way: tasks that did not have to run are done too. */
  synchronized void jobsDone() {
    tasksDone = tasks;
    stepTasksDone = stepTasks;
  }

  /** How much of the work is done, from 0 to 1. */
  synchronized double share() {
    double part = tasks == 0 ? 0 : Math.min(1, (double) tasksDone / tasks);
    double view = Math.min(1, (partsDone + part) / parts);
    return Math.min(1, (viewsDone + view) / views);
  }

  /** Since it began. */
  synchronized Duration elapsed() {
    return ticker.since(began);
  }

  /** About how long it will still take; empty while nothing was measured that could tell. */
  synchronized Optional<Duration> remaining() {
    if (viewsDone + partsDone > 0) {
      return remaining(share(), elapsed());
    }
    // When all tasks that are known are done, nobody knows what else the step will do.
    boolean divided = views * parts > 1;
    return divided || stepTasksDone >= stepTasks
        ? Optional.empty()
        : remaining((double) stepTasksDone / stepTasks, ticker.since(stepBegan));
  }

  private static Optional<Duration> remaining(double done, Duration elapsed) {
    return done < FAR_ENOUGH || elapsed.compareTo(LONG_ENOUGH) < 0
        ? Optional.empty()
        : Optional.of(Duration.ofMillis((long) (elapsed.toMillis() * (1 - done) / done)));
  }

  /** One line for people: {@code computing spend@1, chunk 3 of 12, about 4 min remain}. */
  synchronized String text() {
    return step
        + remaining().map(rest -> ", about %s remain".formatted(Durations.about(rest))).orElse("");
  }
}
