package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.gate.GateVerdict;
import dev.plumbline.offline.RunReport;
import dev.plumbline.offline.RunReport.GateFailed;
import dev.plumbline.offline.RunReport.Maintained;
import dev.plumbline.offline.RunReport.Materialized;
import dev.plumbline.offline.RunReport.PassedOver;
import dev.plumbline.offline.RunReport.Published;
import dev.plumbline.offline.RunReport.Repaired;
import dev.plumbline.timeline.run.PlannedRun;
import dev.plumbline.type.Micros;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What runs did, for people and programs. */
final class RunReports {
  private RunReports() {}

  /** Prints them; {@code none} to people if there are none. */
  static void print(Console console, String command, List<RunReport> reports, String none) {
    console.result(command, () -> reports.isEmpty() ? none : text(reports), () -> json(reports));
  }

  static String text(List<RunReport> reports) {
    return reports.stream().map(RunReports::line).collect(Collectors.joining("\n"));
  }

  static String line(RunReport report) {
    if (report instanceof Materialized done) {
      return "%s: %,d rows for %s%s%s"
          .formatted(
              done.view(),
              done.rows(),
              refreshes(done.run()),
              passedOver(done.passedOver()),
              gates(done.gates()));
    }
    if (report instanceof GateFailed failed) {
      return "%s: nothing committed for %s%s"
          .formatted(failed.view(), refreshes(failed.run()), gates(failed.gates()));
    }
    if (report instanceof Repaired done) {
      return UpkeepReports.line(done);
    }
    if (report instanceof Maintained done) {
      return UpkeepReports.line(done);
    }
    Published done = (Published) report;
    return "%s: published at %s, %,d records sent, %,d written"
        .formatted(
            done.view(),
            Micros.instant(done.marker().publishedAt()),
            done.records(),
            done.written());
  }

  private static String gates(List<GateVerdict> gates) {
    long met = gates.stream().filter(GateVerdict::passed).count();
    return gates.isEmpty() ? "" : ", %d of %d expectations met".formatted(met, gates.size());
  }

  private static String passedOver(PassedOver rows) {
    return passedOver(rows.withoutKey(), "source rows without a key passed over")
        + passedOver(rows.withoutTime(), "source rows without an event time passed over")
        + passedOver(rows.quarantined(), "bad rows left out (see .plumb/quarantine)");
  }

  private static String passedOver(long rows, String what) {
    return rows == 0 ? "" : ", %,d %s".formatted(rows, what);
  }

  private static String refreshes(PlannedRun run) {
    if (run instanceof PlannedRun.Backfill backfill) {
      return "the refreshes %s to %s"
          .formatted(Micros.instant(backfill.from()), Micros.instant(backfill.refresh()));
    }
    return "the refresh " + Micros.instant(run.refresh());
  }

  static ObjectNode json(List<RunReport> reports) {
    ObjectNode json = Console.json();
    var runs = json.putArray("runs");
    for (RunReport report : reports) {
      ObjectNode run = runs.addObject().put("view", report.view().toString());
      if (report instanceof Materialized done) {
        run.put("did", "materialize")
            .put("kind", done.run() instanceof PlannedRun.Backfill ? "backfill" : "live")
            .put("first_refresh", Micros.instant(done.run().opened().firstRefresh()).toString())
            .put("refresh", Micros.instant(done.run().refresh()).toString())
            .put("created_at", Micros.instant(done.run().stamp()).toString())
            .put("rows", done.rows())
            .put("source_rows_without_key", done.passedOver().withoutKey())
            .put("source_rows_without_event_time", done.passedOver().withoutTime())
            .put("source_rows_quarantined", done.passedOver().quarantined());
        run.set("gates", gatesJson(done.gates()));
      } else if (report instanceof GateFailed failed) {
        run.put("did", "fail")
            .put("kind", failed.run() instanceof PlannedRun.Backfill ? "backfill" : "live")
            .put("refresh", Micros.instant(failed.run().refresh()).toString());
        run.set("gates", gatesJson(failed.gates()));
      } else if (report instanceof Repaired done) {
        UpkeepReports.json(done, run);
      } else if (report instanceof Maintained done) {
        UpkeepReports.json(done, run);
      } else {
        Published done = (Published) report;
        run.put("did", "publish")
            .put("refresh", Micros.instant(done.marker().refresh()).toString())
            .put("published_at", Micros.instant(done.marker().publishedAt()).toString())
            .put("records", done.records())
            .put("written", done.written());
      }
    }
    return json;
  }

  private static ArrayNode gatesJson(List<GateVerdict> gates) {
    ArrayNode json = Console.json().putArray("gates");
    for (GateVerdict gate : gates) {
      ArrayNode examples =
          json.addObject()
              .put("rule", gate.rule())
              .put("passed", gate.passed())
              .put("value", gate.value())
              .put("expected", gate.expected())
              .putArray("examples");
      for (Map<String, @Nullable Object> example : gate.examples()) {
        ObjectNode row = examples.addObject();
        example.forEach(
            (column, value) -> row.put(column, value == null ? null : value.toString()));
      }
    }
    return json;
  }
}
