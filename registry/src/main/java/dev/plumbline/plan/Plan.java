package dev.plumbline.plan;

import java.util.Comparator;
import java.util.List;

/**
 * All changes from one revision to the next.
 *
 * @param changes the most severe first, then by subject
 */
public record Plan(List<Change> changes) {
  private static final Comparator<Change> ORDER =
      Comparator.comparing(Change::kind).reversed().thenComparing(Change::subject);

  public Plan {
    changes = changes.stream().sorted(ORDER).toList();
  }

  public boolean isBreaking() {
    return changes.stream().anyMatch(change -> change.kind() == ChangeClass.BREAKING);
  }
}
