package dev.plumbline.timeline;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All runs of one view version up to a log position, and with them what was visible when.
 * Immutable; a binary search per question.
 */
public final class Ledger {
  private final List<Run> runs;
  private final Visibility visibility;

  /**
   * A ledger of these runs.
   *
   * @param runs in the order of their stamps
   */
  public Ledger(ViewTiming timing, List<Run> runs) {
    this.runs = List.copyOf(runs);
    for (int i = 1; i < this.runs.size(); i++) {
      if (this.runs.get(i - 1).stamp() >= this.runs.get(i).stamp()) {
        throw new IllegalArgumentException(
            "runs are not in the order of their stamps: %d, %d"
                .formatted(this.runs.get(i - 1).stamp(), this.runs.get(i).stamp()));
      }
    }
    this.visibility = new Visibility(timing.lag(), timing.grid(), this.runs);
  }

  /** What was visible when, for programs that do not need the runs. */
  public Visibility visibility() {
    return visibility;
  }

  public List<Run> runs() {
    return runs;
  }

  public Optional<Run> last() {
    return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
  }

  /** Whether the view was ever published; from then on no backfill may be run. */
  public boolean isLive() {
    return runs.stream().anyMatch(run -> run.publishedAt().isPresent());
  }

  /** The first refresh of all, from which on answers are known. */
  public OptionalLong firstRefresh() {
    return runs.stream().mapToLong(Run::firstRefresh).min();
  }

  /** The newest refresh of all. */
  public OptionalLong lastRefresh() {
    return runs.stream().mapToLong(Run::lastRefresh).max();
  }

  /** This ledger as it was when the run of {@code stamp} was its last. */
  public Ledger upTo(ViewTiming timing, long stamp) {
    return new Ledger(timing, runs.stream().filter(run -> run.stamp() <= stamp).toList());
  }

  /** {@link Visibility#visibleFrom}. */
  public long visibleFrom(long availableAt, long createdAt) {
    return visibility.visibleFrom(availableAt, createdAt);
  }

  /** {@link Visibility#newestRefresh}. */
  public OptionalLong newestRefresh(long instant) {
    return visibility.newestRefresh(instant);
  }
}
