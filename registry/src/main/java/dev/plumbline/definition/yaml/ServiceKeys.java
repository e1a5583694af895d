package dev.plumbline.definition.yaml;

import dev.plumbline.yaml.Form;
import dev.plumbline.yaml.Key;
import dev.plumbline.yaml.Keys;

/** What a {@code feature_service} document may say. */
final class ServiceKeys {
  static final Key NAME =
      NameKeys.of(Kind.FEATURE_SERVICE, "The pinned list of features that one model reads.");
  static final Key FEATURES =
      Key.required(
          "features",
          Form.listOf(NameKeys.REFERENCE),
          "[airport:flights_1d@1]",
          "References, in the order of the answer.");
  static final Key DEFAULTS =
      Key.optional(
          "defaults",
          new Form.MapOf(NameKeys.REFERENCE, Form.LITERAL),
          "From listed features to what stands in for MISSING and EXPIRED.");
  static final Keys ALL =
      Keys.of(
          "feature_service",
          NAME,
          NameKeys.ROLES,
          FEATURES,
          DEFAULTS,
          AboutKeys.OWNER,
          AboutKeys.DESCRIPTION,
          AboutKeys.TAGS,
          AboutKeys.RETIRED);

  private ServiceKeys() {}
}
