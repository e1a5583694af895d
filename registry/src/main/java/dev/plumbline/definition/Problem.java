package dev.plumbline.definition;

import java.util.Comparator;

/**
 * One thing to put right in a definition.
 *
 * @param file relative to the project, with forward slashes
 * @param line from 1
 * @param column in characters, from 1
 * @param message what is wrong, what was expected and what to do
 */
public record Problem(String file, int line, int column, String message)
    implements Comparable<Problem> {
  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column)
          .thenComparing(Problem::message);

  @Override
  public int compareTo(Problem other) {
    return BY_PLACE.compare(this, other);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + message;
  }
}
