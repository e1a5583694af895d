package dev.plumbline.definition.yaml;

import dev.plumbline.yaml.Form;
import dev.plumbline.yaml.Key;

/** The keys by which people are told of a definition. They mean nothing to a value. */
final class AboutKeys {
  static final Key OWNER = Key.optional("owner", Form.TEXT, "Who answers for it.");
  static final Key DESCRIPTION =
      Key.optional("description", Form.TEXT, "What it is, for people. Means nothing to a value.");
  static final Key TAGS =
      Key.optional("tags", Form.listOf(Form.NAME), "Words to find it by; each once.");
  static final Key RETIRED =
      Key.optional(
          "retired",
          Form.FLAG,
          "true: not run any more, read by no service that is not retired too, and free to be removed.");

  private AboutKeys() {}
}
