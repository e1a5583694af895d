package dev.plumbline.plan;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.Meaning;
import java.util.Optional;
import java.util.Set;

/** What is known of versions beyond the two revisions that are compared. */
public interface Published {
  /** What a closed version means; empty for one that was never applied. */
  Optional<Meaning> meaning(ViewId view);

  /** Of what it means, quicker than {@link #meaning}; another release may have given another. */
  default Optional<String> fingerprint(ViewId view) {
    return meaning(view).map(Meaning::fingerprint);
  }

  /** All versions that were ever applied, of feature views and on-demand views. */
  Set<ViewId> closed();

  /** The feature view of a closed version, as it was applied first; empty if it is none. */
  Optional<FeatureView> view(ViewId id);

  /** The newest version of that name that was ever applied; 0 if none was. */
  default int newestVersion(String view) {
    return closed().stream()
        .filter(id -> id.name().equals(view))
        .mapToInt(ViewId::version)
        .max()
        .orElse(0);
  }

  /** Whether every record of a feature view's version was online once; empty if unknown. */
  Optional<Boolean> isPushed(ViewId view);

  /** Whether the data of a version was deleted, so that it can never come back. */
  boolean isPruned(ViewId view);

  /** What a revision alone tells, where no database can be asked. */
  static Published of(Optional<Revision> revision) {
    return new PublishedRevision(revision);
  }
}
