package dev.plumbline.registry;

import java.time.Instant;
import java.util.Optional;

/**
 * A line of the registry's history.
 *
 * @param by {@code user@host}; absent where it was not noted, as in what comes next
 * @param commit of Git, with {@code -dirty} where definitions were not as committed
 * @param summary what changed, in a line
 */
public record RevisionEntry(
    int number,
    String fingerprint,
    Instant appliedAt,
    Optional<String> by,
    Optional<String> commit,
    Optional<String> summary) {
  @Override
  public String toString() {
    return "revision %d by %s at %s".formatted(number, by.orElse("somebody"), appliedAt);
  }
}
