package dev.plumbline.registry;

/** A hash as people read it: its first 12 digits, which tell one from the others of a project. */
public final class ShortHash {
  private static final int DIGITS = 12;

  private ShortHash() {}

  /** The beginning of {@code hash}; all of it, if it is no longer than that. */
  public static String of(String hash) {
    return hash.substring(0, Math.min(DIGITS, hash.length()));
  }
}
