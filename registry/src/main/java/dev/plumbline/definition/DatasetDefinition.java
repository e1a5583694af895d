package dev.plumbline.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Labels to be joined point-in-time with a service. */
public record DatasetDefinition(
    String name, String service, Labels labels, Optional<Split> split, About about) {
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

  /**
   * Which label is to train, to validate or to test.
   *
   * @param train the shares add up to 1
   */
  public record Split(By by, double train, double validation, double test) {
    /** What decides. */
    public sealed interface By {}

    /** The order of the labels' time: shares are consecutive. */
    public record Time() implements By {}

    /**
     * A hash of an entity's key: all labels of an entity fall into one split, whatever other labels
     * there are.
     *
     * @param name a role of the service, or a label column that holds a key of one
     * @param seed another seed, another division
     */
    public record Key(String name, long seed) implements By {}

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
