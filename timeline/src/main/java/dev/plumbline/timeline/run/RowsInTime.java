package dev.plumbline.timeline.run;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;

/**
 * How many rows a source has at which times, counted in bins. Immutable; a binary search per
 * question.
 */
public final class RowsInTime {
  private final long[] starts;

  /** Rows of all bins up to and with this one. */
  private final long[] sums;

  /**
   * Rows counted in bins.
   *
   * @param counts rows by the first instant of their bin
   */
  public RowsInTime(SortedMap<Long, Long> counts) {
    starts = new long[counts.size()];
    sums = new long[counts.size()];
    int bin = 0;
    long sum = 0;
    for (Map.Entry<Long, Long> count : counts.entrySet()) {
      sum += count.getValue();
      starts[bin] = count.getKey();
      sums[bin++] = sum;
    }
  }

  /** The rows of all bins that begin before {@code instant}. */
  public long before(long instant) {
    int at = Arrays.binarySearch(starts, instant);
    int bins = at < 0 ? -at - 1 : at;
    return bins == 0 ? 0 : sums[bins - 1];
  }

  /** The rows of all bins. */
  public long total() {
    return sums.length == 0 ? 0 : sums[sums.length - 1];
  }

  /**
   * The rows of bins that begin within {@code [from, to)}.
   *
   * @param from {@code Long.MIN_VALUE}: from the first row on
   */
  public long within(long from, long to) {
    return Math.max(0, before(to) - before(from));
  }
}
