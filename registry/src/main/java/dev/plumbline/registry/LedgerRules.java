package dev.plumbline.registry;

import dev.plumbline.definition.ViewId;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.registry.LedgerEntry.Phase;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.Run.Kind;
import java.util.List;
import java.util.Optional;

/** What may follow what in the ledger of a view. */
final class LedgerRules {
  private LedgerRules() {}

  static void rejectUnfit(ViewId view, Run run, List<LedgerEntry> entries) {
    for (LedgerEntry entry : entries) {
      if (!entry.isFinished()) {
        throw new ConflictException(
            "run %d of view '%s' is unfinished (%s); finish it before another begins"
                .formatted(entry.run().stamp(), view, entry.phase()));
      }
    }
    boolean live = entries.stream().anyMatch(entry -> entry.run().publishedAt().isPresent());
    if (run.kind() == Kind.BACKFILL && live) {
      throw new ConflictException(
          "view '%s' is live, and what was served stays as it was; to rebuild its history, make a new version"
              .formatted(view));
    }
    long last = entries.stream().mapToLong(e -> e.run().lastRefresh()).max().orElse(Long.MIN_VALUE);
    if (run.kind() == Kind.LIVE && run.firstRefresh() <= last) {
      throw new ConflictException(
          "a live run of view '%s' for refresh %d (expected: after %d, the last one)"
              .formatted(view, run.firstRefresh(), last));
    }
  }

  static void rejectOldStamp(ViewId view, Run run, Optional<Long> last) {
    if (last.isPresent() && run.stamp() <= last.get()) {
      throw new ConflictException(
          "a run of view '%s' with stamp %d (expected: more than %d, the last one)"
              .formatted(view, run.stamp(), last.get()));
    }
  }

  static LedgerEntry requireSame(ViewId view, LedgerEntry entry, long publishedAt) {
    long before = entry.run().publishedAt().getAsLong();
    if (before != publishedAt) {
      throw new ConflictException(
          "run %d of view '%s' was published at %d already (not at %d)"
              .formatted(entry.run().stamp(), view, before, publishedAt));
    }
    return entry;
  }

  static void rejectUnpublishable(
      ViewId view, LedgerEntry entry, long publishedAt, List<LedgerEntry> entries) {
    long stamp = entry.run().stamp();
    if (entry.phase() == Phase.OPEN) {
      throw new ConflictException(
          "run %d of view '%s' has not committed; nothing of it can be published"
              .formatted(stamp, view));
    }
    if (entries.get(entries.size() - 1).run().stamp() != stamp) {
      throw new ConflictException(
          "run %d of view '%s' is not the last one; publish that".formatted(stamp, view));
    }
    long before =
        entries.stream()
            .flatMapToLong(each -> each.run().publishedAt().stream())
            .max()
            .orElse(Long.MIN_VALUE);
    if (publishedAt < before) {
      throw new ConflictException(
          "run %d of view '%s' published at %d (expected: not before %d, when the run before was)"
              .formatted(stamp, view, publishedAt, before));
    }
  }
}
