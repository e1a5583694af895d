package dev.plumbline.offline.gate;

import dev.plumbline.gate.GateTally;
import dev.plumbline.gate.SeenRow;
import dev.plumbline.timeline.Event;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.log.ChangeLog;
import dev.plumbline.type.Bytes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;

/**
 * Shows a gate what the newest refresh of a run sees of the entities of one partition. Each task
 * has a copy of its own, as of everything that Spark sends it.
 */
public final class GateWatch implements Serializable {
  private static final long serialVersionUID = 1;
  private static final Bytes NO_CONTENT = Bytes.copyOf(new byte[0]);

  private final GateTally tally;
  private final GateTallies tallies;
  private final long refresh;
  private final ArrayList<SeenRow> seen = new ArrayList<>();

  GateWatch(GateTally tally, GateTallies tallies, long refresh) {
    this.tally = tally;
    this.tallies = tallies;
    this.refresh = refresh;
  }

  /**
   * The same output, watched.
   *
   * @param events of the entity whose rows it takes
   */
  public ChangeLog.Output over(ChangeLog.Output out, List<Event> events) {
    return new ChangeLog.Output() {
      @Override
      public void write(FeatureRow row) {
        out.write(row);
      }

      @Override
      public void alive(List<@Nullable Object> values) {
        seen.add(new SeenRow(newest(events), NO_CONTENT, values));
      }

      @Override
      public void sees(Event row) {
        seen.add(new SeenRow(row.eventTime(), row.tieBreak(), row.inputs()));
      }
    };
  }

  private long newest(List<Event> events) {
    return events.stream()
        .filter(event -> event.seenAfter() < refresh)
        .mapToLong(Event::eventTime)
        .max()
        .orElse(Long.MIN_VALUE);
  }

  /** All of an entity has been seen. */
  public void endEntity(Supplier<List<Object>> key) {
    if (!seen.isEmpty()) {
      tally.observe(key.get(), seen);
      seen.clear();
    }
  }

  /** All entities of the partition have been seen. */
  public void endPartition() {
    tallies.add(new GateTallies.Part(TaskContext.getPartitionId(), tally));
  }
}
