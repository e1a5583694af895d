package dev.plumbline.cli;

import dev.plumbline.client.FeatureRequest;
import dev.plumbline.client.ServiceDescription;
import dev.plumbline.client.ServiceDescription.Field;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What people write in options of requests, for what a service takes. */
final class RequestValues {
  private RequestValues() {}

  /**
   * The request with the value of each {@code --value}, the same for all rows.
   *
   * @throws UsageException if one lacks, is not of its type, or belongs to no request value
   */
  static FeatureRequest add(
      FeatureRequest request, ServiceDescription description, Map<String, String> values) {
    FeatureRequest whole = request;
    for (Field field : description.requestValues()) {
      String text = values.get(field.name());
      if (text == null) {
        throw new UsageException(
            "no value for '%s' (%s); add --value %s=..."
                .formatted(field.name(), field.type(), field.name()));
      }
      whole = whole.requestValue(field.name(), parse("--value " + field.name(), field, text));
    }
    rejectUnknown(
        "--value", values.keySet(), description.requestValues().stream().map(Field::name).toList());
    return whole;
  }

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
