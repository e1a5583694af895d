package dev.plumbline.plan;

/** How much a change matters, the mildest first. */
public enum ChangeClass {
  NONE,
  /** What people read of a definition. No value changes. */
  METADATA,
  /** Something new that nobody reads yet. */
  ADDITIVE,
  /** Another version of something, beside the old one, or a service that moves to one. */
  NEW_VERSION,
  /** Something that has to be computed before anybody can read it. */
  NEEDS_BACKFILL,
  /** Refused: somebody who reads it now would read something else, or nothing. */
  BREAKING
}
