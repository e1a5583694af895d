package dev.plumbline.timeline.window;

import dev.plumbline.timeline.Grid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A sweep's place in time: which events each window holds at a refresh. */
final class EntitySweep {
  private final List<Window> windows;
  private final Window longest;
  private final @Nullable Object[] values;

  /** Per event, the instant after which refreshes see it; and the events in that order. */
  private final long[] seenAfter;

  private final int[] entering;
  private int entered;
  private long refresh = Long.MIN_VALUE;

  EntitySweep(List<WindowedFeature> features, EntityEvents events, ArrivalCut cut) {
    NavigableMap<Long, Window> byLength = new TreeMap<>();
    for (int i = 0; i < features.size(); i++) {
      byLength
          .computeIfAbsent(features.get(i).window(), length -> new Window(length, events))
          .carry(features.get(i), i);
    }
    windows = new ArrayList<>(byLength.values());
    longest = byLength.lastEntry().getValue();
    values = new Object[features.size()];
    seenAfter = new long[events.size()];
    for (int event = 0; event < seenAfter.length; event++) {
      seenAfter[event] = cut.seenAfter(events.get(event));
    }
    entering = order(seenAfter);
  }

  /** The indexes of {@code times}, the least first. */
  private static int[] order(long[] times) {
    int[] order = new int[times.length];
    boolean ordered = true;
    for (int i = 0; i < times.length; i++) {
      order[i] = i;
      ordered &= i == 0 || times[i - 1] <= times[i];
    }
    return ordered // as all are that arrived in the order in which they happened
        ? order
        : IntStream.of(order)
            .boxed()
            .sorted(Comparator.comparingLong(i -> times[i]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /** Moves on to {@code next}; returns whether any window holds other events than before. */
  boolean advanceTo(long next) {
    boolean changed = false;
    for (Window window : windows) {
      changed |= window.slide(next, refresh, seenAfter);
    }
    for (; entered < entering.length && seenAfter[entering[entered]] < next; entered++) {
      for (Window window : windows) {
        changed |= window.add(entering[entered], next);
      }
    }
    refresh = next;
    return changed;
  }

  /** The next refresh at which an event may enter or leave; none: {@code Long.MAX_VALUE}. */
  long nextChange(Grid grid) {
    long next = entered < entering.length ? seenAfter[entering[entered]] : Long.MAX_VALUE;
    for (Window window : windows) {
      next = Math.min(next, window.nextDeparture());
    }
    return next == Long.MAX_VALUE ? next : grid.after(next);
  }

  /** The values where the sweep stands; null if the entity is not alive there. */
  @Nullable List<@Nullable Object> values(long refresh) {
    if (longest.isEmpty()) {
      return null;
    }
    for (Window window : windows) {
      window.fill(values, refresh);
    }
    return Arrays.asList(values.clone());
  }
}
