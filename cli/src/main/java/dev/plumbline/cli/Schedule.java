package dev.plumbline.cli;

import dev.plumbline.definition.ViewId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps views up to date: each is run when its next refresh is due, one after the other. A view
 * that fails is tried again later, and later still; the others go on meanwhile. One that was never
 * run is left alone, since its first live run would end its time for backfills.
 */
final class Schedule {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  private final Work work;
  private final InstantSource clock;
  private final Waiting waiting;
  private final Journal journal;
  private final Duration check;
  private final Map<ViewId, Trouble> troubles = new HashMap<>();
  private final Set<ViewId> untouched = new HashSet<>();
  private @Nullable RuntimeException firstFailure;

  /**
   * A schedule that has not begun.
   *
   * @param check how often to look whether views, or their runs, are others than before
   */
  Schedule(Work work, InstantSource clock, Waiting waiting, Journal journal, Duration check) {
    this.work = work;
    this.clock = clock;
    this.waiting = waiting;
    this.journal = journal;
    this.check = check;
  }

  /** What is scheduled. */
  interface Work {
    /** The views as of now; another revision may have others. */
    List<ViewId> views();

    /** When a view has something to do; empty if it was never run. */
    Optional<Instant> dueAt(ViewId view);

    /** Does it. */
    void advance(ViewId view);
  }

  /** Passes the time. */
  @FunctionalInterface
  interface Waiting {
    /** Whether to go on: true when so much time has passed, false when this process is to end. */
    boolean pass(Duration time);
  }

  /** Is told what did not go as planned. */
  interface Journal {
    void failed(ViewId view, RuntimeException failure, int times, Instant next);

    void neverRun(ViewId view);

    /** Something is wrong with the project as a whole, such as its metadata database. */
    void unavailable(RuntimeException failure);
  }

  /** A view that failed so many times in a row, and when it is tried again. */
  private record Trouble(int times, Instant next) {}

  /**
   * Does what is due now.
   *
   * @throws ToldException the first failure, after all views had their turn
   */
  void once() {
    firstFailure = null;
    for (ViewId view : work.views()) {
      isDone(view);
    }
    if (firstFailure != null) {
      throw new ToldException(firstFailure);
    }
  }

  /** Does what is due, whenever it is, until the process is to end. */
  void forever() {
    Duration pause = Duration.ZERO;
    while (waiting.pass(pause)) {
      pause = round();
    }
  }

  /** Every view that is due, then how long there is nothing to do. */
  private Duration round() {
    try {
      Instant next = clock.instant().plus(check);
      for (ViewId view : work.views()) {
        if (!waiting.pass(Duration.ZERO)) {
          return Duration.ZERO;
        }
        Instant due = isDone(view);
        next = due.isBefore(next) ? due : next;
      }
      Duration pause = Duration.between(clock.instant(), next);
      return pause.isNegative() ? Duration.ZERO : pause;
    } catch (RuntimeException e) {
      journal.unavailable(e);
      return check;
    }
  }

  /** Runs the view if it is due; when it is next. */
  private Instant isDone(ViewId view) {
    Optional<Instant> due = work.dueAt(view);
    if (due.isEmpty()) {
      if (untouched.add(view)) {
        journal.neverRun(view);
      }
      return Instant.MAX;
    }
    Instant at = later(due.get(), view);
    if (at.isAfter(clock.instant())) {
      return at;
    }
    try {
      work.advance(view);
      troubles.remove(view);
    } catch (RuntimeException e) {
      failed(view, e);
    }
    return later(work.dueAt(view).orElse(Instant.MAX), view);
  }

  private Instant later(Instant due, ViewId view) {
    Trouble trouble = troubles.get(view);
    return trouble != null && trouble.next().isAfter(due) ? trouble.next() : due;
  }

  private void failed(ViewId view, RuntimeException failure) {
    firstFailure = Objects.requireNonNullElse(firstFailure, failure);
    int times = 1 + (troubles.containsKey(view) ? troubles.get(view).times() : 0);
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(times - 1, 10));
    Instant next = clock.instant().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    troubles.put(view, new Trouble(times, next));
    journal.failed(view, failure, times, next);
  }
}
