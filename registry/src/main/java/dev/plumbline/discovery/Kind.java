package dev.plumbline.discovery;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What something that has a name is, in the order in which things build on each other. */
public enum Kind {
  ENTITY("entity", "entities"),
  SOURCE("source", "sources"),
  FEATURE_VIEW("feature view", "feature views"),
  FEATURE("feature", "features"),
  ON_DEMAND_VIEW("on-demand view", "on-demand views"),
  ON_DEMAND_FEATURE("on-demand feature", "on-demand features"),
  FEATURE_SERVICE("service", "services"),
  DATASET("dataset", "datasets");

  private static final Map<String, Kind> SHORT =
      Map.of("view", FEATURE_VIEW, "views", FEATURE_VIEW, "on demand", ON_DEMAND_VIEW);

  private final String one;
  private final String several;

  Kind(String one, String several) {
    this.one = one;
    this.several = several;
  }

  /** For people: {@code feature view}. */
  @Override
  public String toString() {
    return one;
  }

  /** Of several: {@code feature views}. */
  public String plural() {
    return several;
  }

  /** For programs: {@code feature_view}, as in files where files have the word. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind that somebody means, in any number, with blanks, lines or hyphens between words. */
  public static Optional<Kind> parse(String text) {
    String written = text.toLowerCase(Locale.ROOT).replaceAll("[ _-]+", " ").strip();
    return Arrays.stream(values())
        .filter(
            kind ->
                Stream.of(kind.one, kind.several, kind.key(), kind.key() + "s")
                    .anyMatch(word -> word.replaceAll("[_-]", " ").equals(written)))
        .findFirst()
        .or(() -> Optional.ofNullable(SHORT.get(written)));
  }

  /** Whether it has versions, each a document of its own. */
  public boolean isVersioned() {
    return this == FEATURE_VIEW || this == ON_DEMAND_VIEW;
  }

  /** Whether it is declared within something else. */
  public boolean isFeature() {
    return this == FEATURE || this == ON_DEMAND_FEATURE;
  }
}
