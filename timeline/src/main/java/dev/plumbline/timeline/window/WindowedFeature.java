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
 * @param window its length in microseconds, {@link #ALL} if it reaches back to the first event;
 *     need not be a multiple of the grid's step
 */
public record WindowedFeature(
    String name, Aggregate function, OptionalInt input, DataType inputType, long window)
    implements Serializable {
  /** The length of the window that no event ever leaves. */
  public static final long ALL = Long.MAX_VALUE;

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

  /** The least instant in a window of {@code length} that ends at {@code refresh}. */
  static long start(long length, long refresh) {
    return length == ALL ? Long.MIN_VALUE : refresh - length;
  }

  /** The last instant at which a window of {@code length} may end and hold {@code instant}. */
  static long end(long length, long instant) {
    return length == ALL ? Long.MAX_VALUE : instant + length;
  }

  private Object writeReplace() {
    return new Written(name, function, input.orElse(Written.NONE), inputType, window);
  }

  /** Its serialized form, since an OptionalInt has none. */
  private record Written(
      String name, Aggregate function, int input, DataType inputType, long window)
      implements Serializable {
    static final int NONE = -1;

    private Object readResolve() {
      OptionalInt read = input == NONE ? OptionalInt.empty() : OptionalInt.of(input);
      return new WindowedFeature(name, function, read, inputType, window);
    }
  }
}
