package dev.plumbline.timeline.window;

import dev.plumbline.type.DataType;
import java.io.Serializable;

/**
 * What a windowed feature computes over its window. Nulls are passed over by all; docs: {@code
 * docs/spec/aggregates.md}.
 */
public sealed interface Aggregate extends Serializable permits AggregateFunction, Percentile {
  /**
   * The type of the result over arguments of type {@code input}, the same as Spark's.
   *
   * @throws IllegalArgumentException if there is none for it
   */
  DataType resultType(DataType input);
}
