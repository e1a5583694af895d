package dev.plumbline.gate;

import dev.plumbline.definition.Expectation;
import dev.plumbline.yaml.DurationText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Expectations as they are written in definitions. */
public final class RuleText {
  private RuleText() {}

  public static String of(Expectation expectation) {
    if (expectation instanceof Expectation.Freshness freshness) {
      return "freshness: " + DurationText.of(freshness.maxAge());
    }
    List<String> parts = new ArrayList<>();
    expectation.feature().ifPresent(feature -> parts.add("feature: " + feature));
    if (expectation instanceof Expectation.Rows rows) {
      rows.min().ifPresent(min -> parts.add("min: " + min));
      rows.max().ifPresent(max -> parts.add("max: " + max));
      return "rows: " + mapping(parts);
    }
    if (expectation instanceof Expectation.Nulls nulls) {
      parts.add(share(nulls.maxShare()));
      return "nulls: " + mapping(parts);
    }
    if (expectation instanceof Expectation.Range range) {
      range.min().ifPresent(min -> parts.add("min: " + literal(min)));
      range.max().ifPresent(max -> parts.add("max: " + literal(max)));
      if (range.maxShare().signum() > 0) {
        parts.add(share(range.maxShare()));
      }
      return "range: " + mapping(parts);
    }
    return "unique: key";
  }

  private static String mapping(List<String> parts) {
    return "{" + String.join(", ", parts) + "}";
  }

  private static String share(BigDecimal share) {
    return "max_share: " + share.toPlainString();
  }

  /** Numbers, dates and instants stand for themselves; strings are quoted. */
  private static String literal(Object value) {
    boolean bare =
        value instanceof Number || value instanceof LocalDate || value instanceof Instant;
    return bare ? value.toString() : "'" + value.toString().replace("'", "''") + "'";
  }
}
