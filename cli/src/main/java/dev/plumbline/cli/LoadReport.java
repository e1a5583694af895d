package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.load.LoadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a load came to, for people and for programs.
 *
 * @param address of the server
 * @param rate calls a second that were due
 * @param rows of a call
 * @param cpuMicros processor time of each process meanwhile, in microseconds
 */
record LoadReport(
    String address,
    List<String> what,
    double rate,
    int rows,
    LoadResult result,
    Map<String, Double> cpuMicros) {
  private static final double MOST = 100;

  /** Percentiles by the name that they have in JSON. */
  private static final SortedMap<Double, String> PERCENTILES =
      new TreeMap<>(Map.of(50.0, "p50", 90.0, "p90", 99.0, "p99", 99.9, "p99_9", MOST, "max"));

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "Asked %s for %s: %,d calls, %,.0f a second, %,d %s each",
            address,
            String.join(", ", what),
            result.replies() + result.failed(),
            rate,
            rows,
            rows == 1 ? "row" : "rows"));
    lines.add(
        String.format(
            Locale.ROOT,
            "  replies    %,d, %,.1f a second, of %,.0f bytes",
            result.replies(),
            result.goodput(),
            result.bytesPerReply()));
    lines.add("  failures   " + failures());
    lines.add(
        "  latency    "
            + PERCENTILES.entrySet().stream()
                .map(
                    each ->
                        String.format(
                            Locale.ROOT,
                            "%s %,.0f us",
                            each.getValue().replace('_', '.'),
                            result.micros(each.getKey())))
                .collect(Collectors.joining(", ")));
    lines.add(
        "  processor  "
            + cpuMicros.entrySet().stream()
                .map(
                    each ->
                        String.format(
                            Locale.ROOT, "%s %.1f us", each.getKey(), perCall(each.getValue())))
                .collect(Collectors.joining(", "))
            + " a call");
    return String.join("\n", lines);
  }

  ObjectNode json() {
    ObjectNode json =
        Console.json()
            .put("address", address)
            .put("rate", rate)
            .put("rows", rows)
            .put("seconds", result.seconds())
            .put("replies", result.replies())
            .put("goodput_per_second", result.goodput())
            .put("payload_bytes", result.bytesPerReply());
    what.forEach(json.putArray("what")::add);
    ObjectNode failures = json.putObject("failures");
    result.failures().forEach(failures::put);
    ObjectNode latency = json.putObject("latency_us");
    PERCENTILES.forEach((percentile, name) -> latency.put(name, result.micros(percentile)));
    ObjectNode cpu = json.putObject("cpu_us_per_call");
    cpuMicros.forEach((process, micros) -> cpu.put(process, perCall(micros)));
    return json;
  }

  private double perCall(double micros) {
    return micros / Math.max(1, result.replies() + result.failed());
  }

  private String failures() {
    return result.failures().isEmpty()
        ? "none"
        : result.failures().entrySet().stream()
            .map(each -> String.format(Locale.ROOT, "%s %,d", each.getKey(), each.getValue()))
            .collect(Collectors.joining(", "));
  }
}
