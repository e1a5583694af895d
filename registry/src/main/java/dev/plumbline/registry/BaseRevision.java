package dev.plumbline.registry;

import java.util.Optional;

/**
 * The revision that was the newest when a change was planned.
 *
 * @param number 0 before the first
 * @param fingerprint of its canonical JSON; empty before the first
 */
public record BaseRevision(int number, String fingerprint) {
  /** Before the first revision. */
  public static final BaseRevision NOTHING = new BaseRevision(0, "");

  public static BaseRevision of(Optional<AppliedRevision> newest) {
    return newest
        .map(revision -> new BaseRevision(revision.number(), revision.fingerprint()))
        .orElse(NOTHING);
  }

  @Override
  public String toString() {
    return number == 0 ? "nothing" : "revision " + number;
  }
}
