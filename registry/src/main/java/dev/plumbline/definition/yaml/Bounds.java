package dev.plumbline.definition.yaml;

import dev.plumbline.timeline.window.ValueOrder;
import dev.plumbline.yaml.Problems;
import dev.plumbline.yaml.Where;
import java.util.Optional;

/** A least and a greatest value, each of which may be left out. */
final class Bounds {
  private Bounds() {}

  /** Whether there is a bound, and the lower is not above the upper; if not, a problem. */
  static <T> boolean areSound(Problems problems, Where where, Optional<T> min, Optional<T> max) {
    if (min.isEmpty() && max.isEmpty()) {
      problems.add(where, "neither min nor max (expected: one of them, or both); add one");
      return false;
    }
    boolean crossed =
        min.isPresent() && max.isPresent() && ValueOrder.INSTANCE.compare(min.get(), max.get()) > 0;
    if (crossed) {
      problems.add(where, "min %s is above max %s; swap them", min.get(), max.get());
    }
    return !crossed;
  }
}
