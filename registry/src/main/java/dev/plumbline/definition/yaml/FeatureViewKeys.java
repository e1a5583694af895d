package dev.plumbline.definition.yaml;

import dev.plumbline.definition.Window;
import dev.plumbline.yaml.Form;
import dev.plumbline.yaml.Key;
import dev.plumbline.yaml.Keys;

/** What a {@code feature_view} document may say. */
final class FeatureViewKeys {
  static final Key NAME = NameKeys.of(Kind.FEATURE_VIEW, "Features of one entity from one source.");
  static final Key ENTITY =
      Key.required("entity", Form.NAME, "airport", "The entity whose features these are.");
  static final Key SOURCE =
      Key.required("source", Form.NAME, "departures", "The source that they are computed from.");
  static final Key KEYS =
      Key.optional(
          "keys",
          new Form.MapOf(Form.NAME, Form.NAME),
          "From each key of the entity to the source column that holds it; left out where the entity has none.");
  static final Key EVERY =
      Key.required(
          "every", Form.DURATION, "1h", "The view is refreshed at its multiples since 1970.");
  static final Key AVAILABILITY_LAG =
      Key.optional(
          "availability_lag",
          Form.DURATION,
          "From a refresh to the moment it is planned to be served; 0s unless set.");
  static final Key MAX_AGE =
      Key.optional(
          "max_age",
          Form.DURATION,
          "Older answers are EXPIRED; at least every + availability_lag. Never unless set.");
  static final Key EXPR =
      Key.required(
          "expr",
          Form.TEXT,
          "count(*)",
          "With a window one aggregate over the source's columns, else an expression over them.");
  static final Key WINDOW =
      Key.optional(
          "window",
          Form.durationOr(Window.ALL),
          "What is aggregated: the last so long before a refresh, or all. In every feature of a view, or in none.");
  static final Keys FEATURE =
      Keys.of("feature", FieldKeys.NAME, EXPR, WINDOW, AboutKeys.DESCRIPTION, AboutKeys.TAGS);
  static final Key FEATURES =
      Key.required(
          "features",
          new Form.ListOf(new Form.Mapping(FEATURE), 1),
          "[{name: flights_1d, expr: count(*), window: 1d}]",
          "With windows: what happened in the time before a refresh. Without: the latest row.");
  static final Key EXPECT =
      Key.optional(
          "expect",
          Form.listOf(ExpectationKeys.ALL),
          "What must hold of a run before its rows are committed.");
  static final Keys ALL =
      Keys.of(
          "feature_view",
          NAME,
          NameKeys.VERSION,
          ENTITY,
          SOURCE,
          KEYS,
          EVERY,
          AVAILABILITY_LAG,
          MAX_AGE,
          FEATURES,
          EXPECT,
          AboutKeys.OWNER,
          AboutKeys.DESCRIPTION,
          AboutKeys.TAGS,
          AboutKeys.RETIRED);

  private FeatureViewKeys() {}
}
