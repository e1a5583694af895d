package dev.plumbline.definition;

import dev.plumbline.type.Field;
import java.util.List;
import java.util.Optional;

/**
 * A thing with a key.
 *
 * @param keys in the order in which they are written; empty for one global record
 */
public record Entity(
    String name, List<Field> keys, Optional<String> owner, Optional<String> description) {
  public Entity {
    keys = List.copyOf(keys);
  }

  /** An entity that nobody owns or describes. */
  public Entity(String name, List<Field> keys) {
    this(name, keys, Optional.empty(), Optional.empty());
  }
}
