package dev.plumbline.definition.yaml;

import dev.plumbline.definition.Expectation.Rule;
import dev.plumbline.yaml.Form;
import dev.plumbline.yaml.Key;
import dev.plumbline.yaml.Keys;
import java.util.List;
import java.util.Locale;

/** What an expectation of a view may say: one rule. */
final class ExpectationKeys {
  static final Key LEAST_ROWS = Key.optional("min", Form.whole(0), "So many rows at least.");
  static final Key MOST_ROWS = Key.optional("max", Form.whole(0), "So many rows at most.");
  static final Keys BOUNDS = Keys.of("rows", LEAST_ROWS, MOST_ROWS);
  static final Key FEATURE =
      Key.required("feature", Form.NAME, "flights_1d", "The feature of the view that it is about.");
  static final Key MAX_SHARE =
      Key.optional(
          "max_share", Form.SHARE, "The share that may break the rule, from 0 to 1; 0 unless set.");
  static final Keys NULL_SHARE = Keys.of("nulls", FEATURE, MAX_SHARE);
  static final Key LEAST =
      Key.optional("min", Form.LITERAL, "The least value, of the feature's type.");
  static final Key GREATEST =
      Key.optional("max", Form.LITERAL, "The greatest value, of the feature's type.");
  static final Keys VALUES = Keys.of("range", FEATURE, LEAST, GREATEST, MAX_SHARE);

  static final Key ROWS =
      of(Rule.ROWS, new Form.Mapping(BOUNDS), "{min: 1}", "How many rows a refresh has.");
  static final Key FRESHNESS =
      of(Rule.FRESHNESS, Form.DURATION, "3h", "How old the newest source row is at most.");
  static final Key UNIQUE =
      of(
          Rule.UNIQUE,
          new Form.OneOf(List.of("key")),
          "key",
          "No two source rows of one entity and event time differ; for row views.");
  static final Key NULLS =
      of(
          Rule.NULLS,
          new Form.Mapping(NULL_SHARE),
          "{feature: flights_1d, max_share: 0.1}",
          "Which share of the rows may have a null.");
  static final Key RANGE =
      of(
          Rule.RANGE,
          new Form.Mapping(VALUES),
          "{feature: flights_1d, min: 0}",
          "Where values lie that are not null.");
  static final Keys ALL = Keys.oneOf("expectation", ROWS, FRESHNESS, UNIQUE, NULLS, RANGE);

  private ExpectationKeys() {}

  static Key of(Rule rule) {
    return switch (rule) {
      case ROWS -> ROWS;
      case FRESHNESS -> FRESHNESS;
      case UNIQUE -> UNIQUE;
      case NULLS -> NULLS;
      case RANGE -> RANGE;
    };
  }

  private static Key of(Rule rule, Form form, String example, String help) {
    return Key.required(rule.name().toLowerCase(Locale.ROOT), form, example, help);
  }
}
