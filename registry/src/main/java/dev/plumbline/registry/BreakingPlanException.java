package dev.plumbline.registry;

import dev.plumbline.failure.BreakingException;
import dev.plumbline.plan.Change;
import dev.plumbline.plan.ChangeClass;
import dev.plumbline.plan.Plan;
import java.util.stream.Collectors;

/** A change was not made, since a part of it is breaking. */
public final class BreakingPlanException extends BreakingException {
  private static final long serialVersionUID = 1;

  private final transient Plan plan;

  BreakingPlanException(Plan plan) {
    super(
        plan.changes().stream()
            .filter(change -> change.kind() == ChangeClass.BREAKING)
            .map(BreakingPlanException::line)
            .collect(Collectors.joining("\n")));
    this.plan = plan;
  }

  /** All that would have changed. */
  public Plan plan() {
    return plan;
  }

  private static String line(Change change) {
    return "%s: %s%s"
        .formatted(
            change.subject(),
            String.join("; ", change.details()),
            change.remedy().map("; %s"::formatted).orElse(""));
  }
}
