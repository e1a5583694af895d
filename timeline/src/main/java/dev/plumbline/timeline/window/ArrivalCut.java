package dev.plumbline.timeline.window;

import dev.plumbline.timeline.Event;

/** Which arrivals a refresh sees. Rows without an arrival time pass every cut. */
public sealed interface ArrivalCut {
  /** Those before the refresh itself: a backfill stands for runs that were on time. */
  record AtEachRefresh() implements ArrivalCut {
    @Override
    public long seenAfter(Event event) {
      return event.seenAfter();
    }
  }

  /** Those before one instant: a live run corrects earlier refreshes with what it knows. */
  record At(long instant) implements ArrivalCut {
    @Override
    public long seenAfter(Event event) {
      return event.arrivalTime() < instant ? event.eventTime() : Long.MAX_VALUE;
    }
  }

  /** The least instant after which a refresh sees {@code event}; never: {@code Long.MAX_VALUE}. */
  long seenAfter(Event event);
}
