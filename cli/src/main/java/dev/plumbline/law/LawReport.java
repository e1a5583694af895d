package dev.plumbline.law;

import dev.plumbline.timeline.Status;
import dev.plumbline.vector.Cell;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a check of the law.
 *
 * @param servedAt the instant of the last answer
 * @param byStatus how many answers of each status were compared; all statuses are keys
 * @param inFlight answers left out because a push was under way
 * @param example the answers to the first question, in the order of the service
 * @param violations one line each: what was asked, what was served, what training would hold
 */
public record LawReport(
    String service,
    Instant servedAt,
    Map<Status, Integer> byStatus,
    int inFlight,
    List<Pair> example,
    List<String> violations) {
  /** One answer: what was served, and what a training dataset would hold. */
  public record Pair(String feature, Cell served, Cell trained) {}

  public LawReport {
    Map<Status, Integer> counts = new EnumMap<>(Status.class);
    for (Status status : Status.values()) {
      counts.put(status, byStatus.getOrDefault(status, 0));
    }
    byStatus = Collections.unmodifiableMap(counts);
    example = List.copyOf(example);
    violations = List.copyOf(violations);
  }

  /** How many answers were compared. */
  public int answers() {
    return byStatus.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether answers were compared, and none differed. */
  public boolean holds() {
    return violations.isEmpty() && answers() > 0;
  }

  public int count(Status status) {
    return byStatus.getOrDefault(status, 0);
  }
}
