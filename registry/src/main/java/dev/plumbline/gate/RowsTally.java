package dev.plumbline.gate;

import dev.plumbline.definition.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Counts rows. There are no examples of a count. */
final class RowsTally extends RuleTally {
  private static final long serialVersionUID = 1;

  private final long min;
  private final long max;

  RowsTally(Expectation.Rows rule) {
    super(Examples.firstByEntity());
    this.min = rule.min().orElse(0);
    this.max = rule.max().orElse(Long.MAX_VALUE);
  }

  @Override
  void observe(GateColumns columns, List<Object> key, List<SeenRow> rows) {
    count(rows.size());
  }

  @Override
  Finding finding(long refresh) {
    boolean passed = min <= all() && all() <= max;
    return new Finding(passed, text(all()) + " rows", expected(), List.of());
  }

  private String expected() {
    List<String> bounds = new ArrayList<>();
    if (min > 0) {
      bounds.add("at least " + text(min));
    }
    if (max < Long.MAX_VALUE) {
      bounds.add("at most " + text(max));
    }
    return bounds.isEmpty() ? "any number" : String.join(", ", bounds);
  }

  private static String text(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
