package dev.plumbline.timeline;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * One entry of a view's ledger.
 *
 * @param stamp {@code created_at} of the rows it wrote; strictly increasing from run to run
 * @param firstRefresh the first refresh that it stands for; a live run stands for one
 * @param lastRefresh the newest refresh that it stands for
 * @param publishedAt when its push ended; absent while it has not (and in a backfill that a later
 *     one followed)
 * @param closed whether nothing remains to be done: a backfill closes with its commit, a live run
 *     after its push
 * @param asked the refreshes that were asked for with it; more than its own in a chunk of a
 *     backfill
 */
public record Run(
    long stamp,
    Kind kind,
    long firstRefresh,
    long lastRefresh,
    OptionalLong publishedAt,
    boolean closed,
    Refreshes asked) {
  /** Whether the run fills a time in which nothing was served, or serves. */
  public enum Kind {
    BACKFILL,
    LIVE
  }

  public Run {
    Objects.requireNonNull(kind, "kind is null");
    Objects.requireNonNull(publishedAt, "publishedAt is null");
    Objects.requireNonNull(asked, "asked is null");
    if (firstRefresh > lastRefresh) {
      throw new IllegalArgumentException(
          "a run from %d to %d (expected: first <= last)".formatted(firstRefresh, lastRefresh));
    }
    if (kind == Kind.LIVE && closed && publishedAt.isEmpty()) {
      throw new IllegalArgumentException(
          "live run %d is closed without published_at".formatted(stamp));
    }
  }

  /** A run that is all that was asked for. */
  public Run(
      long stamp,
      Kind kind,
      long firstRefresh,
      long lastRefresh,
      OptionalLong publishedAt,
      boolean closed) {
    this(
        stamp,
        kind,
        firstRefresh,
        lastRefresh,
        publishedAt,
        closed,
        new Refreshes(firstRefresh, lastRefresh));
  }

  /** Whether refreshes that were asked for with it remain to be computed by a later one. */
  public boolean isUnfinished() {
    return lastRefresh < asked.last();
  }

  /**
   * From when on something of this run that was planned for {@code availableAt} is visible; never:
   * {@code Long.MAX_VALUE}.
   */
  public long visibleFrom(long availableAt) {
    return kind == Kind.BACKFILL
        ? availableAt
        : Math.max(availableAt, publishedAt.orElse(Long.MAX_VALUE));
  }

  /** This run, its push ended at {@code instant} and nothing left to do. */
  public Run published(long instant) {
    return new Run(stamp, kind, firstRefresh, lastRefresh, OptionalLong.of(instant), true, asked);
  }
}
