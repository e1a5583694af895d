package dev.plumbline.cli;

import dev.plumbline.definition.Revision;
import dev.plumbline.definition.json.RevisionJson;
import dev.plumbline.plan.Published;
import dev.plumbline.registry.AppliedRevision;
import java.util.Optional;

/** What a tree is compared with. */
sealed interface PlanBase {
  Optional<Revision> revision();

  Published published();

  /** The newest applied revision. */
  record Registry(AppliedRevision applied, Published published) implements PlanBase {
    @Override
    public Optional<Revision> revision() {
      return Optional.of(applied.revision());
    }
  }

  /** Nothing was applied yet. */
  record Nothing() implements PlanBase {
    @Override
    public Optional<Revision> revision() {
      return Optional.empty();
    }

    @Override
    public Published published() {
      return Published.of(Optional.empty());
    }
  }

  /**
   * Another commit.
   *
   * @param ref as it was asked for
   * @param revision empty if the commit has no definitions
   */
  record Commit(String ref, String hash, Optional<Revision> revision) implements PlanBase {
    @Override
    public Published published() {
      return Published.of(revision);
    }

    Optional<String> fingerprint() {
      return revision.map(RevisionJson::fingerprint);
    }
  }
}
