package dev.plumbline.timeline.window;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All features of one window length, sliding over one entity's events. */
final class Window {
  private final long length;
  private final EntityEvents events;
  private final List<Slot> slots = new ArrayList<>();

  /** The least event that is not too old. */
  private int tail;

  private long size;
  private boolean stale = true;

  /** Where one feature's value goes. */
  private record Slot(WindowedFeature feature, int position, Accumulator accumulator) {}

  Window(long length, EntityEvents events) {
    this.length = length;
    this.events = events;
  }

  void carry(WindowedFeature feature, int position) {
    slots.add(new Slot(feature, position, Accumulator.of(feature, events)));
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Takes in {@code event} if the window that ends at {@code refresh} reaches back to it. */
  boolean add(int event, long refresh) {
    if (events.get(event).eventTime() < WindowedFeature.start(length, refresh)) {
      return false;
    }
    for (Slot slot : slots) {
      slot.accumulator.add(event);
    }
    size++;
    stale = true;
    return true;
  }

  /**
   * Moves the end of the window on to {@code refresh}.
   *
   * @param seenAfter per event the instant after which refreshes see it
   * @param previous the refresh at which the window ended so far
   * @return whether an event left
   */
  boolean slide(long refresh, long previous, long[] seenAfter) {
    boolean left = false;
    long start = WindowedFeature.start(length, refresh);
    for (; tail < events.size() && events.get(tail).eventTime() < start; tail++) {
      if (seenAfter[tail] < previous) {
        remove(tail);
        left = true;
      }
    }
    return left;
  }

  private void remove(int event) {
    for (Slot slot : slots) {
      slot.accumulator.remove(event);
    }
    size--;
    stale = true;
  }

  /** The last instant at which the oldest event is in the window; none: {@code Long.MAX_VALUE}. */
  long nextDeparture() {
    return tail < events.size()
        ? WindowedFeature.end(length, events.get(tail).eventTime())
        : Long.MAX_VALUE;
  }

  /** Puts this window's values where they belong, unless they are still there. */
  void fill(@Nullable Object[] values, long refresh) {
    if (!stale) {
      return;
    }
    for (Slot slot : slots) {
      try {
        values[slot.position] = slot.accumulator.result();
      } catch (ArithmeticException e) {
        throw new AggregateException(slot.feature, refresh, e);
      }
    }
    stale = false;
  }
}
