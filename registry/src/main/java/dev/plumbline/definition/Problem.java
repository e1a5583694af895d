package dev.plumbline.definition;

import java.util.Comparator;

/**
 * One thing to put right in a definition.
 *
 * @param file relative to the project, with forward slashes
 * @param line from 1
 * @param column in characters, from 1
 * @param complaint what is wrong, what was expected and what to do
 */
public record Problem(String file, int line, int column, Complaint complaint)
    implements Comparable<Problem> {
  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column)
          .thenComparing(problem -> problem.complaint().toString());

  @Override
  public int compareTo(Problem other) {
    return BY_PLACE.compare(this, other);
  }

  /** {@code file:line:column: found (expected: ...); remedy [code]}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + complaint;
  }
}
