package dev.plumbline.plan;

import dev.plumbline.definition.About;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Named texts of a definition, to be compared one by one. */
final class Leaves {
  /**
   * A text.
   *
   * @param compared the same for all ways to write it
   */
  private record Leaf(String written, String compared) {}

  private final SortedMap<String, Leaf> leaves = new TreeMap<>();

  /** What is said of a definition. */
  static Leaves of(About about) {
    return new Leaves().put("", about);
  }

  Leaves put(String name, Object value) {
    return put(name, value.toString(), value.toString());
  }

  /**
   * A text that may be written in several ways.
   *
   * @param canonical the same for all of them
   */
  Leaves put(String name, String written, String canonical) {
    leaves.put(name, new Leaf(written, canonical));
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
        .filter(name -> !Objects.equals(compared(name), before.compared(name)))
        .map(name -> "%s: %s, was %s".formatted(name, shown(name), before.shown(name)))
        .toList();
  }

  /** Whether all these are the texts of before, to the letter. */
  boolean areWrittenAs(Leaves before) {
    return leaves.equals(before.leaves);
  }

  private @Nullable String compared(String name) {
    Leaf leaf = leaves.get(name);
    return leaf == null ? null : leaf.compared();
  }

  private String shown(String name) {
    Leaf leaf = leaves.get(name);
    return leaf == null ? "absent" : "'" + leaf.written() + "'";
  }
}
