package dev.plumbline.spark;

import dev.plumbline.failure.InvalidException;
import dev.plumbline.type.InstantText;
import java.time.Instant;

/** Instants as Python writes them. */
final class Instants {
  private Instants() {}

  static Instant read(String text) {
    try {
      return InstantText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidException(String.valueOf(e.getMessage()), e);
    }
  }
}
