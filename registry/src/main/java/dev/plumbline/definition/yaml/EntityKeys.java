package dev.plumbline.definition.yaml;

import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.yaml.Form;
import dev.plumbline.yaml.Key;
import dev.plumbline.yaml.Keys;

/** What an {@code entity} document may say. */
final class EntityKeys {
  static final Key NAME = NameKeys.of(Kind.ENTITY, "A thing with a key, such as an airport.");
  static final Keys KEY =
      Keys.of(
          "key",
          FieldKeys.NAME,
          Key.required(
              FieldKeys.TYPE.name(),
              Form.oneOf(
                  Primitive.BOOLEAN,
                  Primitive.INT,
                  Primitive.BIGINT,
                  Primitive.STRING,
                  Primitive.DATE),
              FieldKeys.TYPE.example(),
              "A type that can name a thing."));
  static final Key KEYS =
      Key.required(
          "keys",
          Form.listOf(KEY),
          "[{name: id, type: string}]",
          "Names and types in the order in which they name a thing; [] is one global record.");
  static final Keys ALL =
      Keys.of("entity", NAME, KEYS, AboutKeys.OWNER, AboutKeys.DESCRIPTION, AboutKeys.TAGS);

  private EntityKeys() {}
}
