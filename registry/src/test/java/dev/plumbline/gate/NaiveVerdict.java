package dev.plumbline.gate;

import dev.plumbline.definition.Expectation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether an expectation holds, from all rows at once and its words alone. */
final class NaiveVerdict {
  private NaiveVerdict() {}

  /**
   * The answer for bigint and double features.
   *
   * @param entities from each key to the rows of its entity
   * @param features the names of the values of a row
   */
  static boolean holds(
      Expectation expectation,
      Map<List<Object>, List<SeenRow>> entities,
      List<String> features,
      long refresh) {
    List<SeenRow> rows = entities.values().stream().flatMap(Collection::stream).toList();
    if (expectation instanceof Expectation.Rows bounds) {
      return rows.size() >= bounds.min().orElse(0)
          && rows.size() <= bounds.max().orElse(Long.MAX_VALUE);
    }
    if (expectation instanceof Expectation.Freshness freshness) {
      long micros = freshness.maxAge().toNanos() / 1_000;
      return rows.stream().anyMatch(row -> refresh - row.eventTime() <= micros);
    }
    if (expectation instanceof Expectation.Nulls nulls) {
      List<@Nullable Object> values = column(rows, features.indexOf(nulls.name()));
      long missing = values.stream().filter(Objects::isNull).count();
      return isWithin(nulls.maxShare(), missing, values.size());
    }
    if (expectation instanceof Expectation.Range range) {
      List<@Nullable Object> values = column(rows, features.indexOf(range.name()));
      values.removeIf(Objects::isNull);
      long outside = values.stream().filter(value -> !isInside(range, value)).count();
      return isWithin(range.maxShare(), outside, values.size());
    }
    return entities.values().stream().allMatch(NaiveVerdict::isUnique);
  }

  private static boolean isInside(Expectation.Range range, @Nullable Object value) {
    double number = ((Number) Objects.requireNonNull(value)).doubleValue();
    double min = range.min().map(bound -> ((Number) bound).doubleValue()).orElse(-1.0 / 0.0);
    double max = range.max().map(bound -> ((Number) bound).doubleValue()).orElse(1.0 / 0.0);
    return number >= min && number <= max;
  }

  private static boolean isUnique(List<SeenRow> rows) {
    Map<Long, Set<Object>> contents = new HashMap<>();
    rows.forEach(
        row ->
            contents.computeIfAbsent(row.eventTime(), time -> new HashSet<>()).add(row.content()));
    return contents.values().stream().allMatch(content -> content.size() == 1);
  }

  private static List<@Nullable Object> column(List<SeenRow> rows, int feature) {
    List<@Nullable Object> values = new ArrayList<>();
    rows.forEach(row -> values.add(row.values().get(feature)));
    return values;
  }

  private static boolean isWithin(BigDecimal share, long some, long all) {
    return all == 0 || (double) some / all <= share.doubleValue();
  }
}
