package dev.plumbline.definition.yaml;

import dev.plumbline.yaml.Form;
import dev.plumbline.yaml.Key;

/** The keys that say which document it is, and how documents name each other. */
final class NameKeys {
  static final String EXAMPLE = "some_name";

  /** How a feature of a role is named; always pinned to a version. */
  static final Form REFERENCE =
      Form.matching(
          "[a-z0-9_]+:[a-z0-9_]+@\\d{1,9}",
          "a reference role:feature@version: airport:flights_1d@1");

  static final Key VERSION =
      Key.required(
          "version",
          Form.whole(1),
          "1",
          "1 or more. Each version is a document of its own; one that was applied never changes its meaning.");

  static final Key ROLES =
      Key.optional(
          "roles",
          new Form.MapOf(Form.NAME, Form.NAME),
          "From each role to its entity. A role left out is the entity of that name.");

  private NameKeys() {}

  /** The key that makes a document one of {@code kind}. */
  static Key of(Kind kind, String help) {
    return Key.required(kind.key(), Form.NAME, EXAMPLE, help);
  }
}
