package dev.plumbline.cli;

import dev.plumbline.client.ServiceDescription.Field;
import java.util.Collection;
import java.util.List;

/** What people write in options of requests, for what a service takes. */
final class RequestValues {
  private RequestValues() {}

  /**
   * The value that a text is.
   *
   * @throws UsageException if it is not of the field's type
   */
  static Object parse(String option, Field field, String text) {
    try {
      return field.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }

  /**
   * Does nothing if all of {@code given} are known.
   *
   * @throws UsageException if not
   */
  static void rejectUnknown(String option, Collection<String> given, List<String> known) {
    for (String name : given) {
      if (!known.contains(name)) {
        throw new UsageException(
            "%s %s: not of this request (known: %s)"
                .formatted(option, name, String.join(", ", known)));
      }
    }
  }
}
