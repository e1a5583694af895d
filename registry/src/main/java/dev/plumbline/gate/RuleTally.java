package dev.plumbline.gate;

import dev.plumbline.gate.Examples.Example;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/**
 * What one rule has found in the rows that it was shown. Tallies of disjoint sets of entities add
 * up to that of all of them, in any order.
 */
abstract class RuleTally implements Serializable {
  private static final long serialVersionUID = 1;

  private final Examples examples;

  /** What the rule looks at, and how many of those break it. */
  private long all;

  private long broken;

  RuleTally(Examples examples) {
    this.examples = examples;
  }

  /**
   * What is to be said of all rows.
   *
   * @param value what was found
   * @param expected what should have been
   * @param features whose values explain it, by their positions
   */
  record Finding(boolean passed, String value, String expected, List<Integer> features) {}

  /**
   * Looks at all rows of one entity.
   *
   * @param rows those of one event time one after the other
   */
  abstract void observe(GateColumns columns, List<Object> key, List<SeenRow> rows);

  /**
   * What the rule says now.
   *
   * @param refresh the newest of the run, in microseconds since 1970
   */
  abstract Finding finding(long refresh);

  final void add(RuleTally other) {
    all += other.all;
    broken += other.broken;
    examples.offerAll(other.examples);
  }

  final void count(long more) {
    all += more;
  }

  final void breaks(Example example) {
    broken++;
    examples.offer(example);
  }

  final long all() {
    return all;
  }

  final long broken() {
    return broken;
  }

  final Examples examples() {
    return examples;
  }

  /** Whether no more than this share of all is broken; so it is when there is nothing. */
  final boolean within(BigDecimal share) {
    return BigDecimal.valueOf(broken).compareTo(share.multiply(BigDecimal.valueOf(all))) <= 0;
  }

  /** {@code 2 of 40 (5.00 %)}. */
  final String brokenOfAll() {
    BigDecimal percent =
        all == 0
            ? BigDecimal.ZERO
            : BigDecimal.valueOf(broken)
                .movePointRight(2)
                .divide(BigDecimal.valueOf(all), 2, RoundingMode.HALF_UP);
    return String.format(Locale.ROOT, "%,d of %,d (%s %%)", broken, all, percent);
  }

  /** {@code none} or {@code at most 0.5 %}. */
  static String atMost(BigDecimal share) {
    return share.signum() == 0
        ? "none"
        : "at most " + share.movePointRight(2).stripTrailingZeros().toPlainString() + " %";
  }
}
