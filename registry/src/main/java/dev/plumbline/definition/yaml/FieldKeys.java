package dev.plumbline.definition.yaml;

import dev.plumbline.yaml.Form;
import dev.plumbline.yaml.Key;
import dev.plumbline.yaml.Keys;

/** The keys of what has a name and a type. */
final class FieldKeys {
  static final Key NAME = Key.required("name", Form.NAME, NameKeys.EXAMPLE, "Its name.");
  static final Key TYPE = Key.required("type", Form.TYPE, "string", "The type of its values.");
  static final Keys REQUEST_VALUE = Keys.of("request value", NAME, TYPE);

  private FieldKeys() {}
}
