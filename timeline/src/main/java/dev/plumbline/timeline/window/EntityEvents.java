package dev.plumbline.timeline.window;

import dev.plumbline.timeline.Event;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The events of one entity in their order, named by their index in it. */
final class EntityEvents {
  private final Event[] events;
  private final Map<Integer, Ranking> byValue = new HashMap<>();
  private final Map<Integer, DistinctValues> distinct = new HashMap<>();

  EntityEvents(List<Event> events) {
    this.events = events.toArray(Event[]::new);
    Arrays.sort(this.events);
  }

  int size() {
    return events.length;
  }

  Event get(int event) {
    return events[event];
  }

  @Nullable Object value(int event, int input) {
    return events[event].inputs().get(input);
  }

  /** All events by event_time, arrival_time and bytes. */
  Ranking byTime() {
    return Ranking.natural();
  }

  /** The events with a value of {@code input}, by that value. */
  Ranking byValue(int input) {
    return byValue.computeIfAbsent(input, this::rankByValue);
  }

  /** The different values of {@code input}. */
  DistinctValues distinct(int input) {
    return distinct.computeIfAbsent(input, key -> DistinctValues.of(this, key));
  }

  private Ranking rankByValue(int input) {
    record Ranked(Object value, int event) {}
    Ranked[] ranked = new Ranked[events.length];
    int count = 0;
    for (int event = 0; event < events.length; event++) {
      Object value = value(event, input);
      if (value != null) {
        ranked[count++] = new Ranked(value, event);
      }
    }
    Arrays.sort(ranked, 0, count, Comparator.comparing(Ranked::value, ValueOrder.INSTANCE));
    int[] order = new int[count];
    for (int rank = 0; rank < count; rank++) {
      order[rank] = Objects.requireNonNull(ranked[rank]).event();
    }
    return Ranking.of(order, events.length);
  }
}
