package dev.plumbline.definition.yaml;

import dev.plumbline.definition.ProblemCode;
import dev.plumbline.yaml.Problems;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.Where;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All definitions of one kind. Some are declared but not sound: their problems have been reported,
 * and whatever refers to them is passed over.
 */
final class Declared<K extends Comparable<K>, T> {
  private final String kind;
  private final ProblemCode unknown;
  private final Problems problems;
  private final SortedMap<K, T> sound = new TreeMap<>();
  private final Map<K, Where> places = new HashMap<>();

  /**
   * None yet.
   *
   * @param kind what one of them is, for messages
   * @param unknown the problem where a name is not among them
   */
  Declared(String kind, ProblemCode unknown, Problems problems) {
    this.kind = kind;
    this.unknown = unknown;
    this.problems = problems;
  }

  /** Whether the name was free; if not, a problem. */
  boolean declare(K name, Where where) {
    Where first = places.putIfAbsent(name, where);
    if (first != null) {
      problems.add(
          where,
          ProblemCode.DECLARED_TWICE
              .found("%s '%s' is declared twice (also %s)", kind, name, first.from(where))
              .remedy("rename or remove one"));
    }
    return first == null;
  }

  void add(K name, T definition) {
    sound.put(name, definition);
  }

  /** The definition of this name; if there is none, a problem. */
  Optional<T> find(Scalar reference, K name) {
    if (!places.containsKey(name)) {
      reference.unknown(unknown, kind, places.keySet().stream().map(K::toString).sorted().toList());
    }
    return Optional.ofNullable(sound.get(name));
  }

  Optional<T> find(K name) {
    return Optional.ofNullable(sound.get(name));
  }

  boolean isDeclared(K name) {
    return places.containsKey(name);
  }

  boolean isBroken(K name) {
    return isDeclared(name) && !sound.containsKey(name);
  }

  Where place(K name) {
    return Objects.requireNonNull(places.get(name), kind + " is not declared");
  }

  Collection<K> names() {
    return places.keySet();
  }

  SortedMap<K, T> all() {
    return sound;
  }
}
