package dev.plumbline.gate;

import dev.plumbline.definition.Expectation;
import dev.plumbline.gate.Examples.Example;
import dev.plumbline.type.Micros;
import dev.plumbline.yaml.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Remembers the newest source row, which is its example. */
final class FreshnessTally extends RuleTally {
  private static final long serialVersionUID = 1;

  private final Duration maxAge;

  FreshnessTally(Expectation.Freshness rule) {
    super(Examples.newest());
    this.maxAge = rule.maxAge();
  }

  @Override
  void observe(GateColumns columns, List<Object> key, List<SeenRow> rows) {
    for (SeenRow row : rows) {
      if (row.eventTime() >= newest()) {
        examples().offer(columns.example(key, row));
      }
    }
  }

  private long newest() {
    Example newest = examples().first();
    return newest == null ? Long.MIN_VALUE : newest.eventTime();
  }

  @Override
  Finding finding(long refresh) {
    String expected = "at most " + DurationText.of(maxAge);
    if (examples().first() == null) {
      return new Finding(false, "no source row", expected, List.of());
    }
    Instant newest = Micros.instant(newest());
    Duration age = Duration.of(refresh - newest(), ChronoUnit.MICROS);
    return new Finding(
        age.compareTo(maxAge) <= 0,
        "the newest source row, of %s, is %s old".formatted(newest, text(age)),
        expected,
        List.of());
  }

  /** {@code 3h5m}. */
  private static String text(Duration age) {
    return age.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
