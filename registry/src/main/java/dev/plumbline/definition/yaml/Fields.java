package dev.plumbline.definition.yaml;

import dev.plumbline.definition.ProblemCode;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import dev.plumbline.yaml.Keys;
import dev.plumbline.yaml.Problems;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.Where;
import dev.plumbline.yaml.YamlMapping;
import dev.plumbline.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads lists of {@code {name: ..., type: ...}}: keys, request values. */
final class Fields {
  private final Problems problems;
  private final Keys each;
  private final Map<String, Where> names = new HashMap<>();

  /**
   * A reader of fields of one kind.
   *
   * @param each what one of them may say
   */
  Fields(Keys each, Problems problems) {
    this.each = each;
    this.problems = problems;
  }

  List<Field> read(YamlValue list, Function<Scalar, Optional<DataType>> types) {
    List<Field> fields = new ArrayList<>();
    for (YamlMapping field : list.mappings(each)) {
      Optional<String> name = name(field);
      Optional<DataType> type = field.scalar(FieldKeys.TYPE).flatMap(types);
      field.rejectUnknownKeys();
      if (name.isPresent() && type.isPresent()) {
        fields.add(new Field(name.get(), type.get()));
      }
    }
    return fields;
  }

  /** The name of one, a problem if it was used before. */
  Optional<String> name(YamlMapping field) {
    Optional<Scalar> scalar = field.scalar(FieldKeys.NAME);
    Optional<String> name = scalar.flatMap(Scalar::name);
    if (name.isPresent()) {
      Where where = scalar.get().where();
      Where first = names.putIfAbsent(name.get(), where);
      if (first != null) {
        problems.add(
            where,
            ProblemCode.DECLARED_TWICE
                .found(
                    "%s '%s' is declared twice (also %s)",
                    each.name(), name.get(), first.from(where))
                .remedy("rename or remove one"));
      }
    }
    return name;
  }
}
