package dev.plumbline.bench.measure;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Everything that a command has measured, for people and for programs.
 *
 * @param seconds that it took in all
 */
public record Report(
    Machine machine, List<CaseResult> cases, List<Target> targets, double seconds) {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final double THOUSANDTHS = 1_000;
  private static final double MEGA = 1e6;

  public Report {
    cases = List.copyOf(cases);
    targets = List.copyOf(targets);
  }

  /** A table, and a line for each target. */
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-12s %-10s %8s %8s %8s %8s %6s %12s %8s  %s"
            .formatted(
                "case",
                "engine",
                "min s",
                "median",
                "max",
                "cpu s",
                "rounds",
                "rows",
                "MB",
                "checksum"));
    for (CaseResult each : cases) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-12s %-10s %8.2f %8.2f %8.2f %8.2f %6d %,12d %8.1f  %s",
              each.name(),
              each.engine(),
              each.seconds().min(),
              each.seconds().median(),
              each.seconds().max(),
              each.cpuSeconds().median(),
              each.rounds(),
              each.rows(),
              each.bytes() / MEGA,
              each.checksum()));
    }
    targets.forEach(target -> lines.add(target.line()));
    lines.add(
        String.format(
            Locale.ROOT,
            "%d cores, heap %,.0f MB, Java %s, Spark %s, load %.1f; %.0f s in all",
            machine.cores(),
            machine.heapBytes() / MEGA,
            machine.java(),
            machine.spark(),
            machine.load(),
            seconds));
    return String.join("\n", lines);
  }

  /** The same as JSON. */
  public String json() {
    ObjectNode json = MAPPER.createObjectNode();
    var array = json.putArray("cases");
    for (CaseResult each : cases) {
      ObjectNode node = array.addObject().put("case", each.name()).put("engine", each.engine());
      put(node.putObject("seconds"), each.seconds());
      put(node.putObject("cpu_seconds"), each.cpuSeconds());
      node.put("rounds", each.rounds())
          .put("events", each.events())
          .put("rows", each.rows())
          .put("bytes", each.bytes())
          .put("checksum", each.checksum());
    }
    var held = json.putArray("targets");
    for (Target target : targets) {
      held.addObject()
          .put("ratio", target.name())
          .put(target.sense() == Target.Sense.AT_LEAST ? "at_least" : "at_most", target.bound())
          .put("reached", rounded(target.reached()))
          .put("met", target.isMet());
    }
    json.putObject("machine")
        .put("cores", machine.cores())
        .put("heap_bytes", machine.heapBytes())
        .put("java", machine.java())
        .put("spark", machine.spark())
        .put("load", rounded(machine.load()));
    json.put("total_seconds", rounded(seconds));
    return json.toPrettyString() + "\n";
  }

  private static void put(ObjectNode node, Spread spread) {
    node.put("min", rounded(spread.min()))
        .put("median", rounded(spread.median()))
        .put("max", rounded(spread.max()));
  }

  private static double rounded(double value) {
    return Math.round(value * THOUSANDTHS) / THOUSANDTHS;
  }
}
