package dev.plumbline.timeline.log;

import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.RowTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The change log of one entity, read forwards in time: the newest of the rows that count so far.
 */
final class EntityLog {
  private final Counted[] rows;
  private int next;
  private @Nullable FeatureRow newest;

  private record Counted(long from, FeatureRow row) {}

  /**
   * The log of one entity.
   *
   * @param rows in any order
   * @param countsFrom from when on a row counts
   */
  EntityLog(Collection<FeatureRow> rows, ToLongFunction<RowTime> countsFrom) {
    this.rows =
        rows.stream()
            .map(row -> new Counted(countsFrom.applyAsLong(row.time()), row))
            .toArray(Counted[]::new);
    Arrays.sort(this.rows, Comparator.comparingLong(Counted::from));
  }

  /** When the next row begins to count; none: {@code Long.MAX_VALUE}. */
  long nextChange() {
    return next < rows.length ? rows[next].from : Long.MAX_VALUE;
  }

  /** Lets in the rows that count at {@code instant}. */
  void advanceTo(long instant) {
    for (; next < rows.length && rows[next].from <= instant; next++) {
      add(rows[next].row);
    }
  }

  /** Lets in a row at once. */
  void add(FeatureRow row) {
    if (newest == null || newest.time().compareTo(row.time()) < 0) {
      newest = row;
    }
  }

  /** Whether the log says that an entity has {@code values}; null: that it is gone, or nothing. */
  boolean says(@Nullable List<@Nullable Object> values) {
    List<@Nullable Object> said = newest == null ? null : newest.values();
    return said == null ? values == null : said.equals(values);
  }
}
