package dev.plumbline.bench.online;

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

/** How large the server's image is, and what its starts came to. */
public final class StartReport {
  private static final double MEGA = 1e6;
  private static final double MOST_SECONDS = 5;

  private final int jars;
  private final long bytes;
  private final long archiveBytes;
  private final List<Case> cases;

  /**
   * @param jars of the image
   * @param bytes that these have together
   * @param archiveBytes of the archive of classes
   */
  StartReport(int jars, long bytes, long archiveBytes, List<Case> cases) {
    this.jars = jars;
    this.bytes = bytes;
    this.archiveBytes = archiveBytes;
    this.cases = List.copyOf(cases);
  }

  /**
   * Starts on one project.
   *
   * @param seconds from starting the process to SERVING
   * @param cpuSeconds processor time of the server until then
   * @param startedBytes resident then
   * @param calls that came after
   * @param laterBytes resident after these
   */
  record Case(
      String project,
      Spread seconds,
      Spread cpuSeconds,
      Spread startedBytes,
      Spread calls,
      Spread laterBytes) {}

  /** For people and programs, with where it was measured and how long all of it took. */
  public Findings on(Machine machine, double seconds) {
    return new Findings(lines(), json(), targets(), machine, seconds);
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "image: %d jars, %.0f MB, and an archive of classes, %.0f MB",
            jars,
            bytes / MEGA,
            archiveBytes / MEGA));
    lines.add(
        "%-10s %8s %8s %8s %8s %12s %9s %12s"
            .formatted(
                "project", "min s", "median", "max", "cpu s", "resident MB", "calls", "then MB"));
    for (Case each : cases) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-10s %8.2f %8.2f %8.2f %8.2f %12.0f %,9.0f %12.0f",
              each.project(),
              each.seconds().min(),
              each.seconds().median(),
              each.seconds().max(),
              each.cpuSeconds().median(),
              each.startedBytes().median() / MEGA,
              each.calls().median(),
              each.laterBytes().median() / MEGA));
    }
    return lines;
  }

  private ObjectNode json() {
    ObjectNode json = new JsonMapper().createObjectNode();
    json.putObject("image")
        .put("jars", jars)
        .put("bytes", bytes)
        .put("archive_bytes", archiveBytes);
    ArrayNode array = json.putArray("cases");
    cases.forEach(each -> put(array.addObject(), each));
    return json;
  }

  private static void put(ObjectNode node, Case each) {
    node.put("project", each.project());
    Json.put(node.putObject("seconds"), each.seconds());
    Json.put(node.putObject("cpu_seconds"), each.cpuSeconds());
    Json.put(node.putObject("resident_bytes_started"), each.startedBytes());
    Json.put(node.putObject("calls"), each.calls());
    Json.put(node.putObject("resident_bytes_after_calls"), each.laterBytes());
  }

  private List<Target> targets() {
    return cases.stream()
        .map(
            each ->
                new Target(
                    "%s: seconds to SERVING".formatted(each.project()),
                    Sense.AT_MOST,
                    MOST_SECONDS,
                    each.seconds().median()))
        .toList();
  }
}
