package dev.plumbline.type;

import java.io.Serializable;
import java.util.Objects;

/** A named, typed slot: a key of an entity, a column, a feature, a request value. */
public record Field(String name, DataType type) implements Serializable {
  public Field {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(type, "type is null");
  }

  @Override
  public String toString() {
    return name + " " + type;
  }
}
