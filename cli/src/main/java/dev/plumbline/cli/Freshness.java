package dev.plumbline.cli;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.run.RunPlanner;
import dev.plumbline.type.Micros;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How new what is known of a view is, by its ledger.
 *
 * @param refresh the newest
 * @param publishedAt when the last push ended; absent if there was none
 * @param age of an answer now; absent in a row view, where each row has its own, and while no
 *     refresh is visible
 * @param maxAge beyond which answers are EXPIRED
 * @param nextDueAt when there is something to run
 */
record Freshness(
    Instant refresh,
    Optional<Instant> publishedAt,
    Optional<Duration> age,
    Optional<Duration> maxAge,
    Optional<Instant> nextDueAt) {
  /** Empty if no run has committed. */
  static Optional<Freshness> of(FeatureView view, Ledger ledger, Instant now) {
    if (ledger.lastRefresh().isEmpty()) {
      return Optional.empty();
    }
    OptionalLong visible = ledger.newestRefresh(Micros.of(now));
    Optional<Duration> age =
        view.isWindowed() && visible.isPresent()
            ? Optional.of(Duration.between(Micros.instant(visible.getAsLong()), now))
            : Optional.empty();
    OptionalLong due = new RunPlanner(view.timing(), ledger, 0).nextDueAt();
    return Optional.of(
        new Freshness(
            Micros.instant(ledger.lastRefresh().getAsLong()),
            VersionState.publishedAt(ledger.runs()),
            age,
            view.timing().maxAge(),
            due.isPresent() ? Optional.of(Micros.instant(due.getAsLong())) : Optional.empty()));
  }

  /** Whether answers are EXPIRED by now. */
  boolean isExpired() {
    return age.isPresent() && maxAge.isPresent() && age.get().compareTo(maxAge.get()) > 0;
  }
}
