package dev.plumbline.definition;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What must hold of the newest refresh of a run before any row of the run is committed. No part of
 * what a view means: it changes no value.
 *
 * <p>Its rows are the entities that are alive at the refresh, in a windowed view; in a row view the
 * source rows that the run has read and the refresh sees.
 */
public sealed interface Expectation {
  /** The order in which a view's expectations stand, however they were written. */
  Comparator<Expectation> ORDER =
      Comparator.comparing(Expectation::rule)
          .thenComparing(expectation -> expectation.feature().orElse(""));

  /** The kinds of expectations. */
  enum Rule {
    ROWS,
    FRESHNESS,
    UNIQUE,
    NULLS,
    RANGE
  }

  Rule rule();

  /** The feature that it is about, if it is about one. */
  default Optional<String> feature() {
    return Optional.empty();
  }

  /** How many rows there are; at least one bound is there. */
  record Rows(OptionalLong min, OptionalLong max) implements Expectation {
    @Override
    public Rule rule() {
      return Rule.ROWS;
    }
  }

  /** How old the newest source row that the refresh sees is at the refresh, at most. */
  record Freshness(Duration maxAge) implements Expectation {
    @Override
    public Rule rule() {
      return Rule.FRESHNESS;
    }
  }

  /** No two source rows of one entity and event time differ. For row views. */
  record UniqueKey() implements Expectation {
    @Override
    public Rule rule() {
      return Rule.UNIQUE;
    }
  }

  /**
   * Which share of the rows may have a null.
   *
   * @param maxShare from 0 to 1
   */
  record Nulls(String name, BigDecimal maxShare) implements Expectation {
    public Nulls {
      maxShare = plain(maxShare);
    }

    @Override
    public Rule rule() {
      return Rule.NULLS;
    }

    @Override
    public Optional<String> feature() {
      return Optional.of(name);
    }
  }

  /**
   * Where values lie that are not null; at least one bound is there. NaN lies in no range.
   *
   * @param min canonical, of the feature's type; it is in the range
   * @param max the same
   * @param maxShare of those values may lie outside, from 0 to 1
   */
  record Range(String name, Optional<Object> min, Optional<Object> max, BigDecimal maxShare)
      implements Expectation {
    public Range {
      maxShare = plain(maxShare);
    }

    @Override
    public Rule rule() {
      return Rule.RANGE;
    }

    @Override
    public Optional<String> feature() {
      return Optional.of(name);
    }
  }

  private static BigDecimal plain(BigDecimal share) {
    return share.signum() == 0 ? BigDecimal.ZERO : share.stripTrailingZeros();
  }
}
