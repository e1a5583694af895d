package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.plumbline.plan.Change;
import dev.plumbline.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/** What changes, for people and programs. */
final class PlanReports {
  private PlanReports() {}

  /** A line for each change, and one for each detail. */
  static String text(Plan plan) {
    List<String> lines = new ArrayList<>();
    for (Change change : plan.changes()) {
      lines.add("  %-16s%s".formatted(kind(change), change.subject()));
      change.details().forEach(detail -> lines.add("      " + detail));
      change.remedy().ifPresent(remedy -> lines.add("      remedy: " + remedy));
    }
    return String.join("\n", lines);
  }

  static ArrayNode json(Plan plan) {
    ArrayNode changes = Console.json().putArray("changes");
    for (Change change : plan.changes()) {
      var node = changes.addObject().put("subject", change.subject()).put("class", kind(change));
      ArrayNode details = node.putArray("details");
      change.details().forEach(details::add);
      change.remedy().ifPresent(remedy -> node.put("remedy", remedy));
    }
    return changes;
  }

  private static String kind(Change change) {
    return change.kind().toString();
  }
}
