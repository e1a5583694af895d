package dev.plumbline.vector;

import dev.plumbline.timeline.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the as-of rule says of one entity and view.
 *
 * @param status PRESENT, MISSING, EXPIRED or INVALID
 * @param values of the row, one per feature of the view; null unless PRESENT
 */
public record ViewAnswer(Status status, @Nullable List<@Nullable Object> values) {
  private static final ViewAnswer MISSING = new ViewAnswer(Status.MISSING, null);
  private static final ViewAnswer EXPIRED = new ViewAnswer(Status.EXPIRED, null);
  private static final ViewAnswer INVALID = new ViewAnswer(Status.INVALID, null);

  public ViewAnswer {
    if (status == Status.NULL) {
      throw new IllegalArgumentException(
          "NULL of a row (expected: PRESENT with null among its values)");
    }
    if ((status == Status.PRESENT) != (values != null)) {
      throw new IllegalArgumentException(
          status + " with values " + values + " (expected: values exactly if PRESENT)");
    }
  }

  public static ViewAnswer present(List<@Nullable Object> values) {
    return new ViewAnswer(Status.PRESENT, values);
  }

  /**
   * An answer without values.
   *
   * @param status MISSING, EXPIRED or INVALID
   */
  public static ViewAnswer without(Status status) {
    return switch (status) {
      case MISSING -> MISSING;
      case EXPIRED -> EXPIRED;
      case INVALID -> INVALID;
      case PRESENT, NULL ->
          throw new IllegalArgumentException(
              status + " without values (expected: MISSING, EXPIRED or INVALID)");
    };
  }

  /** What it says of one feature, by its position in the view. */
  public Cell cell(int feature) {
    if (values == null) {
      return new Cell(status, null);
    }
    Object value = values.get(feature);
    return new Cell(status.ofValue(value), value);
  }
}
