package dev.plumbline.cli;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an instant that rows can have: one of the years 1 to 9999, as in Spark. */
final class InstantOption implements ITypeConverter<Instant> {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  @Override
  public Instant convert(String text) {
    Instant instant = parsed(text);
    if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
      throw new TypeConversionException(
          "'%s' is out of range (expected: %s to %s)".formatted(text, FIRST, LAST));
    }
    return instant;
  }

  private static Instant parsed(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'%s' is no instant (expected: such as 2001-06-15T12:00:00Z)".formatted(text));
    }
  }
}
