package dev.plumbline.yaml;

import java.util.List;
import java.util.Optional;

/**
 * A key that a mapping may have. It is declared once: readers ask for it, reject others, and give
 * its example; the schema says the same to editors.
 *
 * @param required whether the mapping is wrong without it; null is as good as nothing
 * @param example of its value, for who has left it out
 * @param help one line on what it means
 * @param condition when the mapping may have it; absent: always
 */
public record Key(
    String name,
    boolean required,
    Form form,
    String example,
    String help,
    Optional<Condition> condition) {
  /**
   * Another key of the mapping is one of some words. Where it is not written, anything may be.
   *
   * @param key of the mapping, whose form is one of words
   */
  public record Condition(Key key, List<String> words) {
    public Condition {
      words = List.copyOf(words);
    }
  }

  public static Key required(String name, Form form, String example, String help) {
    return new Key(name, true, form, example, help, Optional.empty());
  }

  public static Key optional(String name, Form form, String help) {
    return new Key(name, false, form, "", help, Optional.empty());
  }

  /** The same key, in mappings alone in which {@code other} is one of these words. */
  public Key where(Key other, String... words) {
    Condition only = new Condition(other, List.of(words));
    return new Key(name, required, form, example, help, Optional.of(only));
  }
}
