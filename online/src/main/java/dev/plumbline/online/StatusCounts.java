package dev.plumbline.online;

import dev.plumbline.timeline.Status;
import java.util.EnumMap;
import java.util.Map;

/** How many values have which status. Not thread-safe. */
final class StatusCounts {
  private static final class Count {
    private long value;
  }

  private final Map<Status, Count> counts = new EnumMap<>(Status.class);

  void add(Status status) {
    counts.computeIfAbsent(status, none -> new Count()).value++;
  }

  long of(Status status) {
    Count count = counts.get(status);
    return count == null ? 0 : count.value;
  }
}
