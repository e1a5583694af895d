package dev.plumbline.bench.measure;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What engines came to on their cases.
 *
 * @param curve of what was measured along something
 */
public record Report(List<CaseResult> cases, List<Target> targets, Optional<Curve> curve) {
  private static final double MEGA = 1e6;

  public Report {
    cases = List.copyOf(cases);
    targets = List.copyOf(targets);
  }

  /** For people and programs, with where it was measured and how long all of it took. */
  public Findings on(Machine machine, double seconds) {
    return new Findings(lines(), json(), targets, machine, seconds);
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-15s %-19s %8s %8s %8s %8s %6s %12s %8s %7s  %s"
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
                "ratio",
                "checksum"));
    for (CaseResult each : cases) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-15s %-19s %8.2f %8.2f %8.2f %8.2f %6d %,12d %8s %7s  %s",
              each.name(),
              each.engine(),
              each.seconds().min(),
              each.seconds().median(),
              each.seconds().max(),
              each.cpuSeconds().median(),
              each.rounds(),
              each.rows(),
              each.bytes().isEmpty()
                  ? ""
                  : String.format(Locale.ROOT, "%.1f", each.bytes().getAsLong() / MEGA),
              ratio(each),
              each.checksum() + each.contest().map(Report::remarks).orElse("")));
    }
    curve.ifPresent(each -> lines.addAll(each.lines()));
    return lines;
  }

  private static String ratio(CaseResult of) {
    OptionalDouble ratio =
        of.contest().map(CaseResult.Contest::ratioToPlumbline).orElseGet(OptionalDouble::empty);
    return ratio.isEmpty() ? "" : String.format(Locale.ROOT, "%.2f", ratio.getAsDouble());
  }

  private static String remarks(CaseResult.Contest contest) {
    return String.format(
        Locale.ROOT,
        "  %s (%.1f s)%s%s",
        contest.layout(),
        contest.layoutSeconds(),
        contest.repeated() ? ", repeated" : "",
        contest.unsteady() ? ", UNSTEADY" : "");
  }

  private ObjectNode json() {
    ObjectNode json = new JsonMapper().createObjectNode();
    var array = json.putArray("cases");
    for (CaseResult each : cases) {
      ObjectNode node = array.addObject().put("case", each.name()).put("engine", each.engine());
      Json.put(node.putObject("seconds"), each.seconds());
      Json.put(node.putObject("cpu_seconds"), each.cpuSeconds());
      node.put("rounds", each.rounds())
          .put("events", each.events())
          .put("rows", each.rows())
          .put("checksum", each.checksum());
      each.bytes().ifPresent(bytes -> node.put("bytes", bytes));
      each.contest().ifPresent(contest -> put(node, contest));
    }
    curve.ifPresent(each -> put(json.putObject("curve"), each));
    return json;
  }

  private static void put(ObjectNode node, Curve curve) {
    node.put("along", curve.along());
    var points = node.putArray("points");
    for (Curve.Point each : curve.points()) {
      points
          .addObject()
          .put("at", each.at())
          .put("seconds", Json.rounded(each.seconds().median()))
          .put(curve.part().replace(' ', '_'), Json.rounded(each.partSeconds()));
    }
  }

  private static void put(ObjectNode node, CaseResult.Contest contest) {
    contest
        .ratioToPlumbline()
        .ifPresent(ratio -> node.put("ratio_to_plumbline", Json.rounded(ratio)));
    node.put("layout", contest.layout())
        .put("layout_seconds", Json.rounded(contest.layoutSeconds()))
        .put("repeated", contest.repeated())
        .put("unsteady", contest.unsteady());
  }
}
