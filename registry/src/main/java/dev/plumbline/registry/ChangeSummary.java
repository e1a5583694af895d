package dev.plumbline.registry;

import dev.plumbline.plan.Change;
import dev.plumbline.plan.ChangeClass;
import dev.plumbline.plan.Plan;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A plan in a line, for the registry's history. */
final class ChangeSummary {
  private static final int MOST_SUBJECTS = 3;

  /** Half of what the column holds. */
  private static final int MOST_CHARACTERS = 200;

  private ChangeSummary() {}

  /** What changed, the most severe first: {@code new version: feature_service shop_model}. */
  static String of(Plan plan) {
    String summary =
        plan.changes().stream()
            .filter(change -> change.kind() != ChangeClass.NONE)
            .collect(Collectors.groupingBy(Change::kind, TreeMap::new, Collectors.toList()))
            .descendingMap()
            .entrySet()
            .stream()
            .map(kind -> kind.getKey() + ": " + subjects(kind.getValue()))
            .collect(Collectors.joining("; "));
    return summary.length() <= MOST_CHARACTERS
        ? summary
        : summary.substring(0, MOST_CHARACTERS - 1) + "…";
  }

  private static String subjects(List<Change> changes) {
    String first =
        changes.stream()
            .limit(MOST_SUBJECTS)
            .map(Change::subject)
            .collect(Collectors.joining(", "));
    return changes.size() <= MOST_SUBJECTS
        ? first
        : "%s and %d more".formatted(first, changes.size() - MOST_SUBJECTS);
  }
}
