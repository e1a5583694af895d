package dev.plumbline.load;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Recorder;

/** Counts how calls end. Thread-safe. */
final class Tally {
  private static final long SHORTEST_NANOS = 1_000;
  private static final long LONGEST_NANOS = 600_000_000_000L;
  private static final int DIGITS = 3;
  private static final double NANOS = 1e9;

  private final Recorder latencies = new Recorder(SHORTEST_NANOS, LONGEST_NANOS, DIGITS);
  private final LongAdder bytes = new LongAdder();
  private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

  void replied(long nanos, long replyBytes) {
    latencies.recordValue(Math.min(nanos, LONGEST_NANOS));
    bytes.add(replyBytes);
  }

  void failed(String code) {
    failed(code, 1);
  }

  void failed(String code, long calls) {
    failures.computeIfAbsent(code, any -> new LongAdder()).add(calls);
  }

  /** All so far. */
  LoadResult result(long nanos) {
    SortedMap<String, Long> codes = new TreeMap<>();
    failures.forEach((code, calls) -> codes.put(code, calls.sum()));
    return new LoadResult(nanos / NANOS, codes, bytes.sum(), latencies.getIntervalHistogram());
  }
}
