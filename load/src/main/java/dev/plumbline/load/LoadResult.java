package dev.plumbline.load;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What a stretch of load came to.
 *
 * @param seconds from the first call to the last answer
 * @param failures how many calls failed, by code
 * @param replyBytes of all replies together
 * @param latencies of all replies, in nanoseconds
 */
public record LoadResult(
    double seconds, SortedMap<String, Long> failures, long replyBytes, Histogram latencies) {
  private static final double NANOS_PER_MICRO = 1e3;

  public LoadResult {
    failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
  }

  /** How many calls were answered. */
  public long replies() {
    return latencies.getTotalCount();
  }

  public long failed() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Replies in a second. */
  public double goodput() {
    return replies() / seconds;
  }

  /** Bytes of a reply, on average; 0 without replies. */
  public double bytesPerReply() {
    return replies() == 0 ? 0 : (double) replyBytes / replies();
  }

  /**
   * The latency that so many percent of replies did not exceed, in microseconds; 0 without replies.
   *
   * @param percentile 0 to 100
   */
  public double micros(double percentile) {
    return latencies.getValueAtPercentile(percentile) / NANOS_PER_MICRO;
  }
}
