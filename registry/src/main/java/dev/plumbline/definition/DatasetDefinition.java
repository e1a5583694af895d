package dev.plumbline.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Labels to be joined point-in-time with a service. */
public record DatasetDefinition(
    String name,
    String service,
    Labels labels,
    Optional<Split> split,
    Optional<String> owner,
    Optional<String> description) {
  /**
   * Where labels come from.
   *
   * @param time the declared column that says when the model would have asked
   * @param columns declared columns to keep: targets and request values
   * @param keys from each role to (entity key to label column)
   */
  public record Labels(
      String source, String time, List<String> columns, Map<String, Map<String, String>> keys) {
    public Labels {
      columns = List.copyOf(columns);
      keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }
  }

  /** Consecutive shares of the labels in the order of their time; they add up to 1. */
  public record Split(double train, double validation, double test) {
    public Split {
      if (train < 0
          || validation < 0
          || test < 0
          || Math.abs(train + validation + test - 1) > 1e-9) {
        throw new IllegalArgumentException(
            "split: %s, %s, %s (expected: shares of 0 or more that add up to 1)"
                .formatted(train, validation, test));
      }
    }
  }
}
