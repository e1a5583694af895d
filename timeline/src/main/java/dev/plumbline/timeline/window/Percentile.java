package dev.plumbline.timeline.window;

import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;

/**
 * The value that lies at a fraction of the way from the least to the greatest; null over none.
 *
 * @param fraction from 0, the least, to 1, the greatest
 */
public record Percentile(Method method, double fraction) implements Aggregate {
  /** What is taken where the fraction falls between two values. */
  public enum Method {
    /** A number between the two, as Spark's {@code percentile} does. */
    INTERPOLATED,
    /**
     * The upper of them, as Spark's {@code approx_percentile} does; always a value that is there.
     */
    NEAREST_RANK
  }

  public Percentile {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException(
          "percentile at %s (expected: a fraction from 0 to 1)".formatted(fraction));
    }
    fraction += 0.0; // of the two zeros that are equal, the one
  }

  @Override
  public DataType resultType(DataType input) {
    return switch (method) {
      case INTERPOLATED -> {
        ArgumentType.requireNumber("percentile", input);
        yield Primitive.DOUBLE;
      }
      case NEAREST_RANK -> ArgumentType.requireOrdered("approx_percentile", input);
    };
  }
}
