package dev.plumbline.bench.validate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.bench.measure.Findings;
import dev.plumbline.bench.measure.Json;
import dev.plumbline.bench.measure.Machine;
import dev.plumbline.bench.measure.Spread;
import dev.plumbline.bench.measure.Target;
import dev.plumbline.bench.measure.Target.Sense;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What checks of definitions came to. */
public final class ValidateReport {
  /** The number of views that the target speaks of. */
  public static final int MANY = 500;

  private static final double MOST_SECONDS = 5;
  private final List<Case> cases;

  ValidateReport(List<Case> cases) {
    this.cases = List.copyOf(cases);
  }

  /**
   * Checks of one project.
   *
   * @param seconds of the whole process
   * @param cpuSeconds of it
   */
  record Case(int views, Spread seconds, Spread cpuSeconds) {}

  /** For people and programs, with where it was measured and how long all of it took. */
  public Findings on(Machine machine, double seconds) {
    return new Findings(lines(), json(), targets(), machine, seconds);
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-8s %9s %8s %8s %8s %8s"
            .formatted("views", "features", "min s", "median", "max", "cpu s"));
    for (Case each : cases) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-8d %,9d %8.2f %8.2f %8.2f %8.2f",
              each.views(),
              4 * each.views(),
              each.seconds().min(),
              each.seconds().median(),
              each.seconds().max(),
              each.cpuSeconds().median()));
    }
    return lines;
  }

  private ObjectNode json() {
    ObjectNode json = new JsonMapper().createObjectNode();
    ArrayNode array = json.putArray("cases");
    for (Case each : cases) {
      ObjectNode node = array.addObject().put("views", each.views());
      Json.put(node.putObject("seconds"), each.seconds());
      Json.put(node.putObject("cpu_seconds"), each.cpuSeconds());
    }
    return json;
  }

  private List<Target> targets() {
    return cases.stream()
        .filter(each -> each.views() == MANY)
        .map(
            each ->
                new Target(
                    "seconds for %d views".formatted(MANY),
                    Sense.AT_MOST,
                    MOST_SECONDS,
                    each.seconds().median()))
        .toList();
  }
}
