package dev.plumbline.offline.push;

import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import dev.plumbline.type.ValueBytes;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Names an entity for people: {@code origin=ATL, destination=ORD}. */
final class EntityText implements Serializable {
  private static final long serialVersionUID = 1;

  private final List<Field> keys;

  EntityText(List<Field> keys) {
    this.keys = List.copyOf(keys);
  }

  String of(Bytes entityKey) {
    List<DataType> types = keys.stream().map(Field::type).toList();
    return ValueBytes.keyValues(types, entityKey)
        .map(
            values ->
                IntStream.range(0, keys.size())
                    .mapToObj(i -> keys.get(i).name() + "=" + values.get(i))
                    .collect(Collectors.joining(", ")))
        .orElseGet(entityKey::toString);
  }
}
