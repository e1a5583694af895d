package dev.plumbline.spark;

import dev.plumbline.failure.InvalidException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Instants as Python writes them. */
final class Instants {
  private Instants() {}

  static Instant read(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new InvalidException(
          "'%s' is no instant (expected: such as 2001-06-15T12:00:00Z)".formatted(text), e);
    }
  }
}
