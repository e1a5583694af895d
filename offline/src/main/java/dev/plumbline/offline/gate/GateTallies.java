package dev.plumbline.offline.gate;

import dev.plumbline.gate.GateTally;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.util.AccumulatorV2;

/**
 * Tallies on their way from tasks to the driver, by partition: however often a partition is
 * computed, it counts once.
 */
final class GateTallies extends AccumulatorV2<GateTallies.Part, Map<Integer, GateTally>> {
  private static final long serialVersionUID = 1;

  /** Executors report what they have so far from another thread than that of the task. */
  private final Map<Integer, GateTally> byPartition = new ConcurrentHashMap<>();

  /** All that one partition has to say. */
  record Part(int partition, GateTally tally) {}

  @Override
  public boolean isZero() {
    return byPartition.isEmpty();
  }

  @Override
  public AccumulatorV2<Part, Map<Integer, GateTally>> copy() {
    GateTallies copy = new GateTallies();
    copy.byPartition.putAll(byPartition);
    return copy;
  }

  @Override
  public void reset() {
    byPartition.clear();
  }

  @Override
  public void add(Part part) {
    byPartition.put(part.partition(), part.tally());
  }

  @Override
  public void merge(AccumulatorV2<Part, Map<Integer, GateTally>> other) {
    byPartition.putAll(other.value());
  }

  @Override
  public Map<Integer, GateTally> value() {
    return byPartition;
  }
}
