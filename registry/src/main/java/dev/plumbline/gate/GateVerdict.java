package dev.plumbline.gate;

import dev.plumbline.definition.Expectation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether the rows of a refresh are what one expectation says.
 *
 * @param value what was found, in words
 * @param expected what should have been
 * @param examples of rows that break it, from column to canonical value; none if it passed
 */
public record GateVerdict(
    Expectation expectation,
    boolean passed,
    String value,
    String expected,
    List<Map<String, @Nullable Object>> examples) {
  public GateVerdict {
    examples = List.copyOf(examples);
  }

  /** The expectation as it is written in a definition. */
  public String rule() {
    return RuleText.of(expectation);
  }

  /** {@code rows: {min: 100}: 3 rows (expected: at least 100)}, and below it the examples. */
  @Override
  public String toString() {
    String line = "%s: %s (expected: %s)".formatted(rule(), value, expected);
    return examples.isEmpty() ? line : line + "\n" + ExampleTable.of(examples);
  }
}
