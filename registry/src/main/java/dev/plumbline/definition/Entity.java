package dev.plumbline.definition;

import dev.plumbline.type.Field;
import java.util.List;

/**
 * A thing with a key.
 *
 * @param keys in the order in which they are written; empty for one global record
 */
public record Entity(String name, List<Field> keys, About about) {
  public Entity {
    keys = List.copyOf(keys);
  }

  /** An entity of which nothing is said. */
  public Entity(String name, List<Field> keys) {
    this(name, keys, About.NOTHING);
  }
}
