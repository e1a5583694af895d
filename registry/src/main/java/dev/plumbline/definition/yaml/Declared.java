package dev.plumbline.definition.yaml;

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
  private final Problems problems;
  private final SortedMap<K, T> sound = new TreeMap<>();
  private final Map<K, Where> places = new HashMap<>();

  Declared(String kind, Problems problems) {
    this.kind = kind;
    this.problems = problems;
  }

  /** Whether the name was free; if not, a problem. */
  boolean declare(K name, Where where) {
    Where first = places.putIfAbsent(name, where);
    if (first != null) {
      problems.add(
          where,
          "%s '%s' is declared twice (also %s); rename or remove one",
          kind,
          name,
          first.from(where));
    }
    return first == null;
  }

  void add(K name, T definition) {
    sound.put(name, definition);
  }

  /** The definition of this name; if there is none, a problem. */
  Optional<T> find(Scalar reference, K name) {
    if (!places.containsKey(name)) {
      reference.unknown(kind, places.keySet().stream().map(K::toString).sorted().toList());
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
