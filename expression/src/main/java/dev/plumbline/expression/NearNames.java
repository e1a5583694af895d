package dev.plumbline.expression;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.unsafe.types.UTF8String;

/** The names that somebody who misspelt one may have meant. */
final class NearNames {
  private static final int MOST = 3;

  private NearNames() {}

  /** At most three of {@code known}, the nearest first; none if none is near. */
  static List<String> of(String name, Collection<String> known) {
    int furthest = Math.max(1, (name.length() + 1) / 3);
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= furthest)
        .sorted(
            Comparator.comparingInt((String candidate) -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST)
        .toList();
  }

  /** The question that is the remedy for a misspelt name; empty if no known one is near. */
  static Optional<String> didYouMean(String name, Collection<String> known) {
    List<String> near = of(name, known);
    return near.isEmpty()
        ? Optional.empty()
        : Optional.of("did you mean '" + String.join("' or '", near) + "'?");
  }

  private static int distance(String a, String b) {
    return folded(a).levenshteinDistance(folded(b));
  }

  private static UTF8String folded(String name) {
    return UTF8String.fromString(name.toLowerCase(Locale.ROOT));
  }
}
