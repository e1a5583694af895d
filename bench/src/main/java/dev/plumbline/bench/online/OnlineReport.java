package dev.plumbline.bench.online;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.bench.measure.Findings;
import dev.plumbline.bench.measure.Json;
import dev.plumbline.bench.measure.Machine;
import dev.plumbline.bench.measure.Target;
import dev.plumbline.bench.measure.Target.Sense;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/** What all systems came to, and how Plumbline stands against the others. */
public final class OnlineReport {
  private static final double KIBI = 1_024;

  private final List<SystemResult> results;

  OnlineReport(List<SystemResult> results) {
    this.results = List.copyOf(results);
  }

  /** For people and programs, with where it was measured and how long all of it took. */
  public Findings on(Machine machine, double seconds) {
    return new Findings(lines(), json(), targets(), machine, seconds);
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-10s %-13s %9s %9s %9s %10s %9s %9s %10s %9s  %s"
            .formatted(
                "shape",
                "system",
                "min /s",
                "median",
                "max",
                "at rate /s",
                "p50 us",
                "p99 us",
                "alloc B",
                "payload B",
                "cpu us: client, server, redis"));
    for (SystemResult each : results) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-10s %-13s %,9.0f %,9.0f %,9.0f %,10.0f %,9.0f %,9.0f %,10.0f %,9.0f  %.1f, %.1f, %.1f",
              each.shape(),
              each.system(),
              each.callsPerSecond().min(),
              each.callsPerSecond().median(),
              each.callsPerSecond().max(),
              each.openRate(),
              each.p50Micros(),
              each.p99Micros(),
              each.allocatedBytes(),
              each.payloadBytes(),
              each.cpuMicros().client(),
              each.cpuMicros().server(),
              each.cpuMicros().redis()));
    }
    return lines;
  }

  private ObjectNode json() {
    ObjectNode json = new JsonMapper().createObjectNode();
    ArrayNode cases = json.putArray("cases");
    results.forEach(result -> put(cases.addObject(), result));
    return json;
  }

  private static void put(ObjectNode node, SystemResult result) {
    node.put("shape", result.shape()).put("system", result.system());
    Json.put(node.putObject("calls_per_second"), result.callsPerSecond());
    node.put("open_rate", Json.rounded(result.openRate()))
        .put("p50_us", Json.rounded(result.p50Micros()))
        .put("p99_us", Json.rounded(result.p99Micros()))
        .put("alloc_bytes_per_call", Json.rounded(result.allocatedBytes()))
        .put("payload_bytes", Json.rounded(result.payloadBytes()));
    node.putObject("cpu_us_per_call")
        .put("client", Json.rounded(result.cpuMicros().client()))
        .put("server", Json.rounded(result.cpuMicros().server()))
        .put("redis", Json.rounded(result.cpuMicros().redis()));
  }

  /** What is to be reached, as far as both sides of it were measured. */
  List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    atLeast(targets, Shape.ROW, Contenders.NOOP, 0.45);
    atLeast(targets, Shape.ROW, Contenders.MGET, 0.6);
    atLeast(targets, Shape.ROW, Contenders.PLAIN, 2.5);
    tail(targets, Shape.ROW, Contenders.NOOP, 2);
    allocation(targets, Shape.ROW, 4);
    atLeast(targets, Shape.BATCH, Contenders.MGET, 0.7);
    atLeast(targets, Shape.BATCH, Contenders.PLAIN, 2.5);
    tail(targets, Shape.BATCH, Contenders.MGET, 1.5);
    allocation(targets, Shape.BATCH, 20);
    return targets;
  }

  private void atLeast(List<Target> targets, Shape shape, String other, double bound) {
    against(
        targets,
        shape,
        other,
        (plumbline, against) ->
            new Target(
                "%s: calls/s against %s".formatted(shape.title(), other),
                Sense.AT_LEAST,
                bound,
                plumbline.callsPerSecond().median() / against.callsPerSecond().median()));
  }

  private void tail(List<Target> targets, Shape shape, String other, double bound) {
    against(
        targets,
        shape,
        other,
        (plumbline, against) ->
            new Target(
                "%s: p99 at the same rate against %s".formatted(shape.title(), other),
                Sense.AT_MOST,
                bound,
                plumbline.p99Micros() / against.p99Micros()));
  }

  private void allocation(List<Target> targets, Shape shape, double kibibytes) {
    against(
        targets,
        shape,
        Contenders.NOOP,
        (plumbline, against) ->
            new Target(
                "%s: KiB allocated a call beyond %s".formatted(shape.title(), Contenders.NOOP),
                Sense.AT_MOST,
                kibibytes,
                (plumbline.allocatedBytes() - against.allocatedBytes()) / KIBI));
  }

  private void against(
      List<Target> targets,
      Shape shape,
      String other,
      BiFunction<SystemResult, SystemResult, Target> target) {
    find(shape, Contenders.PLUMBLINE)
        .flatMap(plumbline -> find(shape, other).map(found -> target.apply(plumbline, found)))
        .ifPresent(targets::add);
  }

  private Optional<SystemResult> find(Shape shape, String system) {
    return results.stream()
        .filter(each -> each.shape().equals(shape.title()) && each.system().equals(system))
        .findFirst();
  }
}
