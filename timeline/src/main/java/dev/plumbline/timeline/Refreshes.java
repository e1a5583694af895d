package dev.plumbline.timeline;

import java.io.Serializable;

/**
 * Consecutive refreshes of a view.
 *
 * @param first a grid point
 * @param last a grid point, not before {@code first}
 */
public record Refreshes(long first, long last) implements Serializable {
  public Refreshes {
    if (first > last) {
      throw new IllegalArgumentException(
          "refreshes from %d to %d (expected: first <= last)".formatted(first, last));
    }
  }
}
