package dev.plumbline.cli;

import dev.plumbline.plan.Change;
import dev.plumbline.plan.ChangeClass;
import dev.plumbline.plan.Plan;
import dev.plumbline.registry.ShortHash;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A plan with everything that is told of it.
 *
 * @param project that is planned
 * @param fingerprint of the definitions that are planned
 * @param backfills of the views that need one
 */
record PlanReport(
    PlanBase base, String project, String fingerprint, Plan plan, List<Backfill> backfills) {
  PlanReport {
    backfills = List.copyOf(backfills);
  }

  /** What became of it, as an exit code. */
  int exitCode() {
    if (plan.isBreaking()) {
      return Failures.BREAKING;
    }
    return plan.isEmpty() ? 0 : Failures.CHANGES;
  }

  /** How many changes there are of each class, the most severe first. */
  Map<ChangeClass, Integer> counts() {
    Map<ChangeClass, Integer> counts = new LinkedHashMap<>();
    plan.changes().forEach(change -> counts.merge(change.kind(), 1, Integer::sum));
    return counts;
  }

  /** In one line. */
  String summary() {
    List<String> parts =
        counts().entrySet().stream()
            .filter(each -> each.getKey() != ChangeClass.NONE)
            .map(each -> each.getValue() + " " + each.getKey())
            .toList();
    String what = parts.isEmpty() ? "no changes" : String.join(", ", parts);
    return "%s against %s: %s".formatted(project, against(), what);
  }

  private String against() {
    if (base instanceof PlanBase.Registry registry) {
      return "revision %d (%s)"
          .formatted(registry.applied().number(), ShortHash.of(registry.applied().fingerprint()));
    }
    return base instanceof PlanBase.Commit commit
        ? "%s (%s)".formatted(commit.ref(), ShortHash.of(commit.hash()))
        : "nothing, since no revision is applied yet";
  }

  /** The changes by class, the most severe first. */
  Map<ChangeClass, List<Change>> byClass() {
    return plan.changes().stream()
        .collect(Collectors.groupingBy(Change::kind, LinkedHashMap::new, Collectors.toList()));
  }

  /** Its backfill, if the change needs one. */
  Optional<Backfill> backfill(Change change) {
    return backfills.stream()
        .filter(each -> change.subject().equals("feature_view " + each.view()))
        .findFirst();
  }
}
