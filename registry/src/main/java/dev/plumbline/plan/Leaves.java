package dev.plumbline.plan;

import dev.plumbline.definition.About;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Named texts of a definition, to be compared one by one. */
final class Leaves {
  private final SortedMap<String, String> leaves = new TreeMap<>();

  /** What is said of a definition. */
  static Leaves of(About about) {
    return new Leaves().put("", about);
  }

  Leaves put(String name, Object value) {
    leaves.put(name, value.toString());
    return this;
  }

  Leaves put(String name, Optional<?> value) {
    value.ifPresent(present -> put(name, present));
    return this;
  }

  /**
   * What is said of a definition, or of a part of it.
   *
   * @param part with a dot at its end; empty for all of it
   */
  Leaves put(String part, About about) {
    put(part + "owner", about.owner());
    put(part + "description", about.description());
    if (!about.tags().isEmpty()) {
      put(part + "tags", String.join(", ", about.tags()));
    }
    return this;
  }

  /** A line for each that is another: {@code owner: 'flight-ops', was absent}. */
  List<String> differences(Leaves before) {
    return Sides.union(before.leaves, leaves).stream()
        .filter(name -> !Objects.equals(leaves.get(name), before.leaves.get(name)))
        .map(name -> "%s: %s, was %s".formatted(name, shown(name), before.shown(name)))
        .toList();
  }

  private String shown(String name) {
    String value = leaves.get(name);
    return value == null ? "absent" : "'" + value + "'";
  }
}
