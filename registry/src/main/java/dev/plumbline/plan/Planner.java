package dev.plumbline.plan;

import dev.plumbline.definition.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares revisions. A function of its arguments alone. Docs: {@code docs/spec/changes.md}. */
public final class Planner {
  private Planner() {}

  /**
   * What applying {@code after} changes.
   *
   * @param before the revision that is applied; empty before the first
   * @param published what is known beyond it
   */
  public static Plan plan(Optional<Revision> before, Revision after, Published published) {
    Sides sides = Sides.of(before, after, published);
    List<Change> changes = new ArrayList<>();
    before.flatMap(revision -> project(revision, after)).ifPresent(changes::add);
    new SharedChanges(sides).all().forEach(changes::add);
    new VersionChanges(sides).all().forEach(changes::add);
    new ServiceChanges(sides).all().forEach(changes::add);
    new DatasetChanges(sides).all().forEach(changes::add);
    return new Plan(changes);
  }

  private static Optional<Change> project(Revision before, Revision after) {
    Findings findings = new Findings("project " + after.project());
    if (!before.project().equals(after.project())) {
      findings.refuse(
          "is called '%s', was '%s': another registry and another key space, in which nothing is there"
              .formatted(after.project(), before.project()),
          "restore the name, or give the new project a folder of its own");
    }
    return findings.change(Affected.NOBODY);
  }
}
