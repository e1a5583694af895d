package dev.plumbline.type;

import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Instants as people write them, such as {@code 2001-06-15T12:00:00Z}. */
public final class InstantText {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private InstantText() {}

  /**
   * The instant that is written so.
   *
   * @throws IllegalArgumentException if it is none, or not of the years 1 to 9999, which are what
   *     Spark's rows can have
   */
  public static Instant parse(String text) {
    Instant instant = parsed(text);
    if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
      throw new IllegalArgumentException(
          "'%s' is out of range (expected: %s to %s)".formatted(text, FIRST, LAST));
    }
    return instant;
  }

  private static Instant parsed(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'%s' is no instant (expected: such as 2001-06-15T12:00:00Z)".formatted(text), e);
    }
  }
}
