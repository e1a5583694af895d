package dev.plumbline.timeline.window;

import dev.plumbline.type.DataType;
import java.io.Serializable;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * An aggregate over a half-open window that ends at a refresh.
 *
 * @param name for messages
 * @param input position of the argument in {@link dev.plumbline.timeline.Event#inputs}; absent for
 *     {@code count(*)}
 * @param inputType of the argument; any type for {@code count(*)}
 * @param window its length in microseconds; need not be a multiple of the grid's step
 */
public record WindowedFeature(
    String name, AggregateFunction function, OptionalInt input, DataType inputType, long window)
    implements Serializable {
  public WindowedFeature {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(input, "input is null");
    function.resultType(inputType);
    if (window <= 0) {
      throw new IllegalArgumentException(
          "feature '%s': window of %d microseconds (expected: more than 0)"
              .formatted(name, window));
    }
    if (input.isEmpty() && function != AggregateFunction.COUNT) {
      throw new IllegalArgumentException(
          "feature '%s': %s without an argument (expected: count(*))".formatted(name, function));
    }
  }

  private Object writeReplace() {
    return new Written(name, function, input.orElse(Written.NONE), inputType, window);
  }

  /** Its serialized form, since an OptionalInt has none. */
  private record Written(
      String name, AggregateFunction function, int input, DataType inputType, long window)
      implements Serializable {
    static final int NONE = -1;

    private Object readResolve() {
      OptionalInt read = input == NONE ? OptionalInt.empty() : OptionalInt.of(input);
      return new WindowedFeature(name, function, read, inputType, window);
    }
  }
}
