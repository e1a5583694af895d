package dev.plumbline.gate;

import dev.plumbline.definition.Expectation;
import dev.plumbline.timeline.window.ValueOrder;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts values of one feature that are not null, and those that lie outside a range. */
final class RangeTally extends RuleTally {
  private static final long serialVersionUID = 1;

  private final int feature;
  private final @Nullable Object min;
  private final @Nullable Object max;
  private final BigDecimal maxShare;

  RangeTally(Expectation.Range rule, int feature) {
    super(Examples.firstByEntity());
    this.feature = feature;
    this.min = rule.min().orElse(null);
    this.max = rule.max().orElse(null);
    this.maxShare = rule.maxShare();
  }

  @Override
  void observe(GateColumns columns, List<Object> key, List<SeenRow> rows) {
    for (SeenRow row : rows) {
      Object value = row.values().get(feature);
      if (value != null) {
        count(1);
        if (isOutside(value)) {
          breaks(columns.example(key, row));
        }
      }
    }
  }

  private boolean isOutside(Object value) {
    return value.equals(Double.NaN)
        || value.equals(Float.NaN)
        || (min != null && ValueOrder.INSTANCE.compare(value, min) < 0)
        || (max != null && ValueOrder.INSTANCE.compare(value, max) > 0);
  }

  @Override
  Finding finding(long refresh) {
    return new Finding(
        within(maxShare),
        brokenOfAll() + " lie outside " + range(),
        atMost(maxShare),
        List.of(feature));
  }

  private String range() {
    if (min != null && max != null) {
      return min + " to " + max;
    }
    return min == null ? max + " and down" : min + " and up";
  }
}
