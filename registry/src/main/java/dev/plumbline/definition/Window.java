package dev.plumbline.definition;

import java.time.Duration;

/** How far back from a refresh a feature looks. */
public sealed interface Window {
  /** How {@link All} is written. */
  String ALL = "all";

  /** A half-open interval of this length, that ends at the refresh. */
  record Last(Duration length) implements Window {
    @Override
    public String toString() {
      return length.toString();
    }
  }

  /** Everything before the refresh, back to the first row. */
  record All() implements Window {
    @Override
    public String toString() {
      return ALL;
    }
  }

  /**
   * The window that {@link #toString} wrote.
   *
   * @throws java.time.DateTimeException if {@code text} is none
   */
  static Window parse(String text) {
    return text.equals(ALL) ? new All() : new Last(Duration.parse(text));
  }
}
