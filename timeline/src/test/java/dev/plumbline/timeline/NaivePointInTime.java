package dev.plumbline.timeline;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The newest visible row from the definition of visible. Slow, obvious. */
public final class NaivePointInTime {
  private NaivePointInTime() {}

  public static Optional<FeatureRow> newest(
      Collection<FeatureRow> log, Ledger ledger, long instant) {
    return log.stream()
        .filter(row -> isVisible(row, ledger, instant))
        .max(Comparator.comparing(FeatureRow::time));
  }

  private static boolean isVisible(FeatureRow row, Ledger ledger, long instant) {
    return row.time().availableAt() <= instant
        && ledger.runs().stream()
            .filter(run -> run.stamp() == row.time().createdAt())
            .anyMatch(
                run ->
                    run.kind() == Run.Kind.BACKFILL
                        || (run.publishedAt().isPresent()
                            && run.publishedAt().getAsLong() <= instant));
  }
}
