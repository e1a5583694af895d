package dev.plumbline.bench.measure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that a command has measured.
 *
 * @param table lines for people
 * @param results the same for programs
 * @param seconds that everything took
 */
public record Findings(
    List<String> table, ObjectNode results, List<Target> targets, Machine machine, double seconds) {
  public Findings {
    table = List.copyOf(table);
    results = results.deepCopy();
    targets = List.copyOf(targets);
  }

  /** For people: the table, and a line for each target. */
  public String text() {
    List<String> lines = new ArrayList<>(table);
    targets.forEach(target -> lines.add(target.line()));
    lines.add(machine.line(seconds));
    return String.join("\n", lines);
  }

  /** For programs. */
  public String json() {
    ObjectNode json = results.deepCopy();
    putTargets(json.putArray("targets"));
    putMachine(json.putObject("machine"));
    json.put("total_seconds", Json.rounded(seconds));
    return json.toPrettyString() + "\n";
  }

  private void putTargets(ArrayNode held) {
    for (Target target : targets) {
      held.addObject()
          .put("ratio", target.name())
          .put(target.sense() == Target.Sense.AT_LEAST ? "at_least" : "at_most", target.bound())
          .put("reached", Json.rounded(target.reached()))
          .put("met", target.isMet());
    }
  }

  private void putMachine(ObjectNode where) {
    machine.residentBytes().ifPresent(bytes -> where.put("resident_bytes", bytes));
    where
        .put("cores", machine.cores())
        .put("heap_bytes", machine.heapBytes())
        .put("java", machine.java())
        .put("spark", machine.spark())
        .put("load", Json.rounded(machine.load()));
  }
}
