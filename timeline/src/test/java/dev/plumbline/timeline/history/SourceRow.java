package dev.plumbline.timeline.history;

import dev.plumbline.timeline.Event;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.ValueBytes;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A row that the source holds from one tick until another. */
public record SourceRow(Bytes entity, Event event, long appears, long vanishes) {
  private static final long NEVER = Long.MAX_VALUE;

  boolean isThere(long tick) {
    return appears <= tick && tick < vanishes;
  }

  static SourceRow random(Random random, boolean arrivals, long end) {
    Bytes entity = Scenario.ENTITIES.get(random.nextInt(Scenario.ENTITIES.size()));
    long eventTime = random.nextLong(-20, end);
    long appears = eventTime + (random.nextInt(100) < 60 ? 0 : random.nextInt(60));
    Long[] values = {1L, 1L, 2L, -1L, -2L, null};
    Long value = values[random.nextInt(values.length)];
    // A row that came late was deleted late; with arrival times nothing is ever deleted.
    long vanishes = arrivals || random.nextInt(100) < 85 ? NEVER : appears + 1 + random.nextInt(80);
    return of(entity, eventTime, appears, vanishes, value, arrivals);
  }

  /** Another row of the same entity and event time. */
  SourceRow rival(Random random, boolean arrivals) {
    long appears = this.appears + random.nextInt(30);
    return of(entity, event.eventTime(), appears, NEVER, 1L + random.nextInt(3), arrivals);
  }

  private static SourceRow of(
      Bytes entity,
      long eventTime,
      long appears,
      long vanishes,
      @Nullable Long value,
      boolean arrivals) {
    Bytes bytes = ValueBytes.of(List.of(Primitive.BIGINT), Collections.singletonList(value));
    Event event =
        new Event(
            eventTime,
            arrivals ? appears : Event.NO_ARRIVAL,
            bytes,
            Collections.singletonList(value));
    return new SourceRow(entity, event, appears, vanishes);
  }
}
