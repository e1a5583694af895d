package dev.plumbline.cli;

import dev.plumbline.plan.Change;
import dev.plumbline.plan.ChangeClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan for a terminal: what is refused first. */
final class PlanText {
  private PlanText() {}

  static String of(PlanReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(report.summary());
    report
        .byClass()
        .forEach(
            (kind, changes) -> {
              lines.add("");
              lines.add(heading(kind));
              changes.forEach(change -> add(change, report, lines));
            });
    return String.join(System.lineSeparator(), lines);
  }

  private static String heading(ChangeClass kind) {
    return switch (kind) {
      case BREAKING -> "BREAKING, which plumb apply refuses";
      case NONE -> "no change";
      default -> kind.toString().toUpperCase(Locale.ROOT);
    };
  }

  private static void add(Change change, PlanReport report, List<String> lines) {
    String also = change.also().isEmpty() ? "" : " (" + PlanLines.kinds(change) + ")";
    lines.add("  " + change.subject() + also);
    PlanLines.of(change, report.backfill(change)).forEach(line -> lines.add("    " + line));
  }
}
