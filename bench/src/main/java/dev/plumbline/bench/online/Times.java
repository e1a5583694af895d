package dev.plumbline.bench.online;

import dev.plumbline.timeline.Marker;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.type.Micros;
import java.time.Duration;
import java.time.Instant;

/**
 * When everything that is served happened: one refresh, shortly before all calls.
 *
 * @param refresh a whole hour
 */
record Times(Instant refresh) {
  static final Duration EVERY = Duration.ofHours(1);

  /** Of all views. */
  static final Duration MAX_AGE = Duration.ofDays(30);

  /** More than {@link #MAX_AGE}, and not yet so old that a row counts as missing. */
  private static final Duration EXPIRED = Duration.ofDays(45);

  private static final Duration BEFORE_REFRESH = Duration.ofMinutes(30);

  /** The last refresh of {@code now}. */
  static Times before(Instant now) {
    long every = EVERY.toSeconds();
    return new Times(Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), every) * every));
  }

  /** Of the record of an entity. */
  RowTime row(boolean expired) {
    Instant seen = expired ? refresh.minus(EXPIRED) : refresh;
    return new RowTime(Micros.of(seen.minus(BEFORE_REFRESH)), Micros.of(seen), Micros.of(refresh));
  }

  /** Of every view. */
  Marker marker() {
    return new Marker(Micros.of(refresh), Micros.of(refresh), Micros.of(refresh));
  }

  /**
   * Whether a row is too old to be served.
   *
   * @param eventTime of the row, in microseconds
   * @param asked when it is asked for
   */
  static boolean isExpired(long eventTime, Instant asked) {
    return eventTime < Micros.of(asked.minus(MAX_AGE));
  }
}
