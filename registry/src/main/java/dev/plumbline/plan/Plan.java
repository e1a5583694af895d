package dev.plumbline.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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

  /** The change of this subject, if it changes. */
  public Optional<Change> find(String subject) {
    return changes.stream().filter(change -> change.subject().equals(subject)).findFirst();
  }

  /** Whether applying it changes nothing that anybody could tell: no change but of spelling. */
  public boolean isEmpty() {
    return changes.stream().allMatch(change -> change.kind() == ChangeClass.NONE);
  }
}
