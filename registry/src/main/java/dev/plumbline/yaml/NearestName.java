package dev.plumbline.yaml;

import dev.plumbline.definition.Complaint;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** Guesses what somebody meant to write. */
public final class NearestName {
  private static final int MOST_LISTED = 20;

  /** A name that is longer is no slip of the keyboard, and takes long to compare. */
  private static final int LONGEST = 200;

  private NearestName() {}

  /**
   * {@code unknown} with the names that are known as expected, and the nearest of them as its
   * remedy; its own stays if none is near.
   */
  public static Complaint suggest(Complaint unknown, String name, Collection<String> known) {
    if (known.isEmpty()) {
      return unknown.remedy("there is none yet: declare it, or take this out");
    }
    Complaint complaint = unknown.expected("%s", listed(known));
    return of(name, known)
        .map(nearest -> complaint.remedy("did you mean '%s'?", nearest))
        .orElse(complaint);
  }

  private static String listed(Collection<String> known) {
    String first =
        known.stream()
            .filter(name -> name.length() <= LONGEST)
            .limit(MOST_LISTED)
            .collect(Collectors.joining(", "));
    int more = known.size() - MOST_LISTED;
    return (known.size() == 1 ? first : "one of " + first)
        + (more > 0 ? " and " + more + " more" : "");
  }

  /** The remedy for a name that is not among {@code known}: the nearest of them, or all. */
  public static String remedy(String name, Collection<String> known) {
    if (known.isEmpty()) {
      return "there is none yet";
    }
    return of(name, known)
        .map(nearest -> "did you mean '" + nearest + "'?")
        .orElseGet(() -> "expected one of: " + String.join(", ", known));
  }

  /** The name among {@code known} that a slip of the keyboard could turn into {@code name}. */
  public static Optional<String> of(String name, Collection<String> known) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    int allowed = Math.max(1, Math.min(3, name.length() / 3));
    return known.stream()
        .filter(candidate -> Math.abs(candidate.length() - name.length()) <= allowed)
        .filter(candidate -> distance(name, candidate) <= allowed)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int step(int[][] d, String a, String b, int i, int j) {
    int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
  }
}
