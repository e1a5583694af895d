package dev.plumbline.gate;

import dev.plumbline.definition.Expectation;
import java.math.BigDecimal;
import java.util.List;

/** Counts rows, and those in which one feature is null. */
final class NullsTally extends RuleTally {
  private static final long serialVersionUID = 1;

  private final int feature;
  private final BigDecimal maxShare;

  NullsTally(Expectation.Nulls rule, int feature) {
    super(Examples.firstByEntity());
    this.feature = feature;
    this.maxShare = rule.maxShare();
  }

  @Override
  void observe(GateColumns columns, List<Object> key, List<SeenRow> rows) {
    count(rows.size());
    for (SeenRow row : rows) {
      if (row.values().get(feature) == null) {
        breaks(columns.example(key, row));
      }
    }
  }

  @Override
  Finding finding(long refresh) {
    return new Finding(
        within(maxShare), brokenOfAll() + " are null", atMost(maxShare), List.of(feature));
  }
}
