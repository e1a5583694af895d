package dev.plumbline.timeline.window;

import dev.plumbline.type.Micros;

/** A feature has no value of its type at a refresh. The message names both, and what to do. */
public final class AggregateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  AggregateException(WindowedFeature feature, long refresh, ArithmeticException cause) {
    super(
        "feature '%s' at refresh %s: %s (expected: a value of type %s); shorten the window or widen the argument's type with cast"
            .formatted(
                feature.name(),
                Micros.instant(refresh),
                cause.getMessage(),
                feature.function().resultType(feature.inputType())),
        cause);
  }
}
