package dev.plumbline.plan;

import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.Meaning;
import java.util.Optional;

/** What is known of versions beyond the two revisions that are compared. */
public interface Published {
  /** What a closed version means; empty for one that was never applied. */
  Optional<Meaning> meaning(ViewId view);

  /** Of what it means, quicker than {@link #meaning}; another release may have given another. */
  default Optional<String> fingerprint(ViewId view) {
    return meaning(view).map(Meaning::fingerprint);
  }

  /** The newest version of that name that was ever applied; 0 if none was. */
  int newestVersion(String view);

  /** Whether every record of a feature view's version was online once; empty if unknown. */
  Optional<Boolean> isPushed(ViewId view);

  /** Whether the data of a version was deleted, so that it can never come back. */
  boolean isPruned(ViewId view);

  /** What a revision alone tells, where no database can be asked. */
  static Published of(Optional<Revision> revision) {
    return new PublishedRevision(revision);
  }
}
