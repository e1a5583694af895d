package dev.plumbline.definition.yaml;

import dev.plumbline.definition.ProblemCode;
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
      problems.add(
          where,
          ProblemCode.BAD_BOUNDS
              .found("neither min nor max")
              .expected("one of them, or both")
              .remedy("add one"));
      return false;
    }
    boolean crossed =
        min.isPresent() && max.isPresent() && ValueOrder.INSTANCE.compare(min.get(), max.get()) > 0;
    if (crossed) {
      problems.add(
          where,
          ProblemCode.BAD_BOUNDS
              .found("min %s is above max %s", min.get(), max.get())
              .remedy("swap them"));
    }
    return !crossed;
  }
}
