package dev.plumbline.definition.yaml;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.YamlMapping;
import dev.plumbline.yaml.YamlValue;
import java.util.List;
import java.util.Optional;

/** Reads {@code entity} documents. */
final class EntityReader {
  private final Declarations declarations;

  EntityReader(Declarations declarations) {
    this.declarations = declarations;
  }

  void read(YamlMapping document) {
    int before = declarations.problems.count();
    Optional<String> name = Names.declare(document, Kind.ENTITY, declarations.entities);
    List<Field> keys = document.find(EntityKeys.KEYS).map(this::keys).orElse(List.of());
    Entity entity = new Entity(name.orElse(""), keys, AboutReader.read(document));
    document.rejectUnknownKeys();
    if (declarations.problems.count() == before) {
      declarations.entities.add(entity.name(), entity);
    }
  }

  private List<Field> keys(YamlValue list) {
    return new Fields(EntityKeys.KEY, declarations.problems).read(list, EntityReader::keyType);
  }

  private static Optional<DataType> keyType(Scalar text) {
    Optional<DataType> type = text.dataType();
    return type.isEmpty() || type.get().isKey()
        ? type
        : text.reject(
            ProblemCode.BAD_KEY_TYPE
                .found("cannot be the type of a key")
                .expected("boolean, int, bigint, string or date"));
  }
}
