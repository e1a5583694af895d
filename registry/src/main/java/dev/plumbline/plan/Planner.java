package dev.plumbline.plan;

import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares revisions. A function of its arguments alone. */
public final class Planner {
  private Planner() {}

  /**
   * What applying {@code after} changes.
   *
   * @param before the revision that is applied; empty before the first
   */
  public static Plan plan(Optional<Revision> before, Revision after, Published published) {
    List<Change> changes = new ArrayList<>();
    Meaning.of(after)
        .forEach(
            (view, meaning) -> changedMeaning(view, meaning, published).ifPresent(changes::add));
    return new Plan(changes);
  }

  private static Optional<Change> changedMeaning(
      ViewId view, Meaning meaning, Published published) {
    return published
        .meaning(view)
        .map(meaning::differences)
        .filter(differences -> !differences.isEmpty())
        .map(
            differences ->
                new Change(
                    "view " + view,
                    ChangeClass.BREAKING,
                    differences,
                    Optional.of(
                        "restore it and make the new one version %d"
                            .formatted(published.newestVersion(view.name()) + 1))));
  }
}
