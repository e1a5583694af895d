package dev.plumbline.yaml;

import java.util.List;

/**
 * All keys that a mapping of one kind may have, in the order in which people read them.
 *
 * @param name what the mapping is, for messages and for the schema
 * @param choice whether the mapping has one of the keys, instead of any of them
 */
public record Keys(String name, boolean choice, List<Key> keys) {
  public Keys {
    keys = List.copyOf(keys);
  }

  public static Keys of(String name, Key... keys) {
    return new Keys(name, false, List.of(keys));
  }

  /** Exactly one of these. */
  public static Keys oneOf(String name, Key... keys) {
    return new Keys(name, true, List.of(keys));
  }
}
