package dev.plumbline.cli;

import dev.plumbline.definition.Revision;
import dev.plumbline.failure.BreakingException;
import dev.plumbline.plan.Plan;
import dev.plumbline.registry.AppliedRevision;
import dev.plumbline.registry.BreakingPlanException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Changes of the registry, told as {@code plumb plan} tells them, but for what they will cost. */
final class PlanReports {
  private final Workspace workspace;

  PlanReports(Workspace workspace) {
    this.workspace = workspace;
  }

  /** What differs between two revisions. */
  PlanReport between(AppliedRevision before, AppliedRevision after, Plan plan) {
    return report(Optional.of(before), after.revision(), after.fingerprint(), plan);
  }

  /** What was changed by a revision. */
  PlanReport of(AppliedRevision applied, Plan plan) {
    Optional<AppliedRevision> before =
        applied.number() == 1
            ? Optional.empty()
            : Optional.of(workspace.registry().load(applied.number() - 1));
    return report(before, applied.revision(), applied.fingerprint(), plan);
  }

  private PlanReport report(
      Optional<AppliedRevision> before, Revision after, String fingerprint, Plan plan) {
    PlanBase base =
        before
            .<PlanBase>map(
                revision -> new PlanBase.Registry(revision, workspace.registry().published()))
            .orElseGet(PlanBase.Nothing::new);
    return new PlanReport(base, after.project(), fingerprint, plan, List.of());
  }

  /**
   * What a change of the registry returns.
   *
   * @param wanted the definitions that were to become the newest
   * @throws BreakingException if it is refused, with all that would have changed
   */
  <T> T explained(Revision wanted, Supplier<T> change) {
    try {
      return change.get();
    } catch (BreakingPlanException e) {
      PlanReport report = report(workspace.current(), wanted, "", e.plan());
      throw new BreakingException(workspace.console().broken(PlanText.of(report)));
    }
  }
}
