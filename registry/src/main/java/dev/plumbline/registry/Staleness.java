package dev.plumbline.registry;

import dev.plumbline.failure.ConflictException;
import java.util.List;
import java.util.stream.Collectors;

/** Refuses a change that was planned against another revision than the newest. */
final class Staleness {
  private static final int MOST_SHOWN = 3;

  private Staleness() {}

  /**
   * Does nothing if {@code base} is the newest.
   *
   * @throws ConflictException if it is not; the message says which is, and who is later
   */
  static void reject(BaseRevision base, RevisionTable revisions, String project) {
    BaseRevision newest = BaseRevision.of(revisions.newest());
    if (newest.equals(base)) {
      return;
    }
    List<RevisionEntry> later = revisions.after(base.number());
    throw new ConflictException(
        "project '%s': the change was planned against %s, and %s%s; nothing was applied. See what there is now with plumb plan, and apply that"
            .formatted(project, base, newest, later.isEmpty() ? otherRegistry(base) : by(later)));
  }

  private static String by(List<RevisionEntry> later) {
    String shown =
        later.stream().limit(MOST_SHOWN).map(Staleness::told).collect(Collectors.joining(", "));
    return " is the newest (later came %s%s)"
        .formatted(shown, later.size() > MOST_SHOWN ? ", …" : "");
  }

  private static String told(RevisionEntry entry) {
    return entry
        + entry.summary().filter(text -> !text.isEmpty()).map(" (%s)"::formatted).orElse("");
  }

  private static String otherRegistry(BaseRevision base) {
    return " of this registry is another one than the %s that was planned against; the plan is of another metadata database"
        .formatted(ShortHash.of(base.fingerprint()));
  }
}
