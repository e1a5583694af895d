package dev.plumbline.bench.store;

import dev.plumbline.store.OnlineRecord;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineView;
import dev.plumbline.timeline.RowTime;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * One row for each of the same entities, in their order: as the store takes them, and as it has
 * written them.
 */
record Rows(OnlineView view, List<OnlineRecord> records, List<Entry> entries) {
  Rows {
    records = List.copyOf(records);
    entries = List.copyOf(entries);
  }

  /**
   * Rows of {@code count} entities, written once to see what the store makes of them; leaves
   * nothing behind.
   *
   * @param times of each entity's row
   */
  static Rows of(
      OnlineView view,
      long count,
      LongFunction<RowTime> times,
      OnlineStore store,
      PlainRedis redis) {
    List<OnlineRecord> records =
        LongStream.range(0, count)
            .mapToObj(entity -> EntityShape.record(view, entity, times.apply(entity)))
            .toList();
    redis.clear();
    store.write(view, records.iterator());
    List<Entry> entries = redis.entries();
    redis.clear();
    return new Rows(view, records, entries);
  }
}
