package dev.plumbline.timeline.window;

import java.util.Arrays;
import java.util.Objects;

/**
 * The different values that an input has among the events of one entity, by their places in {@link
 * ValueOrder}: 0 for the least.
 */
final class DistinctValues {
  private static final int NONE = -1;

  private final int[] placeOf;
  private final Object[] values;

  private DistinctValues(int[] placeOf, Object[] values) {
    this.placeOf = placeOf;
    this.values = values;
  }

  static DistinctValues of(EntityEvents events, int input) {
    int[] placeOf = new int[events.size()];
    int ranked = 0;
    for (int event = 0; event < placeOf.length; event++) {
      placeOf[event] = NONE;
      ranked += events.value(event, input) == null ? 0 : 1;
    }
    Ranking ranking = events.byValue(input);
    Object[] values = new Object[ranked];
    int size = 0;
    for (int rank = 0; rank < ranked; rank++) {
      int event = ranking.event(rank);
      Object value = Objects.requireNonNull(events.value(event, input));
      if (size == 0 || !value.equals(values[size - 1])) {
        values[size++] = value;
      }
      placeOf[event] = size - 1;
    }
    return new DistinctValues(placeOf, Arrays.copyOf(values, size));
  }

  int size() {
    return values.length;
  }

  /** Whether {@code event} has a value. */
  boolean has(int event) {
    return placeOf[event] != NONE;
  }

  /** The place of the value of {@code event}, which has one. */
  int place(int event) {
    return placeOf[event];
  }

  Object value(int place) {
    return values[place];
  }
}
