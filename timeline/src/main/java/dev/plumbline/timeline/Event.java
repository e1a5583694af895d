package dev.plumbline.timeline;

import dev.plumbline.type.Bytes;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One source row of an entity, ordered by (event_time, arrival_time, bytes of the row): the order
 * that decides every tie.
 *
 * @param eventTime when it happened, in microseconds since 1970 (UTC)
 * @param arrivalTime when it came in, or {@link #NO_ARRIVAL} where the source does not tell
 * @param tieBreak {@link dev.plumbline.type.ValueBytes} of the whole row; equal only for rows with
 *     equal inputs
 * @param inputs canonical values: the distinct aggregate arguments of a windowed view, the features
 *     of a row view
 */
public record Event(
    long eventTime, long arrivalTime, Bytes tieBreak, List<? extends @Nullable Object> inputs)
    implements Comparable<Event> {
  /** The arrival time of a source without arrival times: before every refresh. */
  public static final long NO_ARRIVAL = Long.MIN_VALUE;

  private static final Comparator<Event> ORDER =
      Comparator.comparingLong(Event::eventTime)
          .thenComparingLong(Event::arrivalTime)
          .thenComparing(Event::tieBreak);

  public Event {
    Objects.requireNonNull(tieBreak, "tieBreak is null");
    inputs = Collections.unmodifiableList(Arrays.asList(inputs.toArray()));
  }

  /** The least instant after which a refresh sees this row. */
  public long seenAfter() {
    return Math.max(eventTime, arrivalTime);
  }

  @Override
  public int compareTo(Event other) {
    return ORDER.compare(this, other);
  }
}
