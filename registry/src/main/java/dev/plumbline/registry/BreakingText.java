package dev.plumbline.registry;

import dev.plumbline.plan.Change;
import dev.plumbline.plan.ChangeClass;
import dev.plumbline.plan.Plan;
import java.util.stream.Collectors;

/** Why a change is refused, for people. */
final class BreakingText {
  private BreakingText() {}

  static String of(Plan plan) {
    return plan.changes().stream()
        .filter(change -> change.kind() == ChangeClass.BREAKING)
        .map(BreakingText::line)
        .collect(Collectors.joining("\n"));
  }

  private static String line(Change change) {
    return "%s is breaking (%s)%s"
        .formatted(
            change.subject(),
            String.join("; ", change.details()),
            change.remedy().map("; %s"::formatted).orElse(""));
  }
}
