package dev.plumbline.plan;

import java.util.Locale;

/** How much a change matters, the mildest first. Docs: {@code docs/spec/changes.md}. */
public enum ChangeClass {
  /** Written in another way; it says the same. */
  NONE,
  /** No value changes that anybody may ask for: words, gates of runs, places, retirement. */
  METADATA,
  /** Something new that nobody reads yet. */
  ADDITIVE,
  /** Another version of something, beside the old one, or a service that moves to one. */
  NEW_VERSION,
  /** Something that has to be computed before anybody can read it. */
  NEEDS_BACKFILL,
  /** Refused: somebody who reads it now would read something else, or nothing. */
  BREAKING;

  /** As people and programs read it: {@code needs backfill}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
