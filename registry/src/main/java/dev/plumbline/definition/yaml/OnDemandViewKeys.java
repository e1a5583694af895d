package dev.plumbline.definition.yaml;

import dev.plumbline.definition.OnDemandView.OnMissing;
import dev.plumbline.yaml.Form;
import dev.plumbline.yaml.Key;
import dev.plumbline.yaml.Keys;

/** What an {@code on_demand_view} document may say. */
final class OnDemandViewKeys {
  static final Key NAME =
      NameKeys.of(
          Kind.ON_DEMAND_VIEW, "Expressions over other features and values sent with a request.");
  static final Key INPUTS =
      Key.optional(
          "inputs",
          Form.listOf(NameKeys.REFERENCE),
          "Features of feature views; expressions see them as role.feature.");
  static final Key REQUEST =
      Key.optional(
          "request",
          Form.listOf(FieldKeys.REQUEST_VALUE),
          "Values sent by the caller; in training label columns of the same name and type.");
  static final Key ON_MISSING =
      Key.optional(
          "on_missing",
          Form.oneOf(OnMissing.values()),
          "null: inputs that are MISSING or EXPIRED are null to the expression; propagate unless set.");
  static final Key EXPR =
      Key.required(
          "expr", Form.TEXT, "\"a.x / b.y\"", "Spark SQL over the inputs and request values.");
  static final Keys FEATURE =
      Keys.of("on-demand feature", FieldKeys.NAME, EXPR, AboutKeys.DESCRIPTION, AboutKeys.TAGS);
  static final Key FEATURES =
      Key.required(
          "features",
          new Form.ListOf(new Form.Mapping(FEATURE), 1),
          "[{name: ratio, expr: \"a.x / b.y\"}]",
          "The expressions, by the names of their values.");
  static final Keys ALL =
      Keys.of(
          "on_demand_view",
          NAME,
          NameKeys.VERSION,
          NameKeys.ROLES,
          INPUTS,
          REQUEST,
          ON_MISSING,
          FEATURES,
          AboutKeys.OWNER,
          AboutKeys.DESCRIPTION,
          AboutKeys.TAGS,
          AboutKeys.RETIRED);

  private OnDemandViewKeys() {}
}
