package dev.plumbline.store;

import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.type.Micros;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What a backend must know of a view: its keys, its codec and how long its records live. */
record StoredView(OnlineView view, RecordKeys keys, RecordCodec codec) {
  private static final Duration TOMBSTONES_LIVE = Duration.ofDays(7);
  private static final Duration LEAST_LIFE = Duration.ofMillis(1);

  static StoredView of(OnlineView view) {
    return new StoredView(view, new RecordKeys(view), new RecordCodec(view));
  }

  /** Whether {@code row}, written at one instant, is still held at another. */
  boolean keeps(FeatureRow row, Instant written, Instant now) {
    return lifeOf(row, written).map(life -> written.plus(life).isAfter(now)).orElse(true);
  }

  /**
   * How long from {@code now} on the store keeps {@code row}, at least a millisecond; absent: for
   * ever.
   */
  Optional<Duration> lifeOf(FeatureRow row, Instant now) {
    if (row.isTombstone()) {
      return Optional.of(TOMBSTONES_LIVE);
    }
    Instant eventTime = Micros.instant(row.time().eventTime());
    return view.rowLifetime()
        .map(lifetime -> Duration.between(now, eventTime).plus(lifetime))
        .map(life -> life.compareTo(LEAST_LIFE) < 0 ? LEAST_LIFE : life)
        .map(life -> life.truncatedTo(ChronoUnit.MILLIS));
  }
}
