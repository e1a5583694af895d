package dev.plumbline.cli;

import dev.plumbline.client.ServiceDescription;
import dev.plumbline.definition.Entity;
import dev.plumbline.type.CanonicalValue;
import dev.plumbline.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Keys and values of definitions as people write them in options. */
final class EntityKeys {
  private EntityKeys() {}

  /**
   * The canonical keys of an entity, written one after the other with commas between.
   *
   * @throws UsageException if they are not as many as the entity has, or one is not of its type
   */
  static List<Object> parse(String option, Entity entity, String text) {
    List<String> parts =
        entity.keys().isEmpty() ? List.of() : List.of(text.split("(?<!\\\\),", -1));
    if (parts.size() != entity.keys().size()) {
      throw new UsageException(
          "%s %s: %d keys (expected: %d, for %s)"
              .formatted(
                  option,
                  text,
                  parts.size(),
                  entity.keys().size(),
                  entity.keys().stream().map(Field::name).toList()));
    }
    List<Object> keys = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      keys.add(value(option, entity.keys().get(i), parts.get(i).replace("\\,", ",")));
    }
    return keys;
  }

  /**
   * The canonical value that a text is.
   *
   * @throws UsageException if it is not of the field's type
   */
  static Object value(String option, Field field, String text) {
    var written = new ServiceDescription.Field(field.name(), field.type().toString());
    Object value = RequestValues.parse(option, written, text);
    try {
      return Objects.requireNonNull(CanonicalValue.of(field.type(), value));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UsageException("%s: %s".formatted(option, e.getMessage()));
    }
  }
}
