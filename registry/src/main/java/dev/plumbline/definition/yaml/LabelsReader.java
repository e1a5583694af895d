package dev.plumbline.definition.yaml;

import dev.plumbline.definition.DatasetDefinition.Labels;
import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureService;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.Source.Column;
import dev.plumbline.definition.ViewId;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.Where;
import dev.plumbline.yaml.YamlMapping;
import dev.plumbline.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads where a dataset's labels come from. */
final class LabelsReader {
  private static final String SPLIT = "split";

  private final Declarations declarations;

  LabelsReader(Declarations declarations) {
    this.declarations = declarations;
  }

  Optional<Labels> read(YamlMapping mapping, Optional<FeatureService> service) {
    int before = declarations.problems.count();
    Optional<Source> source =
        mapping
            .scalar(DatasetKeys.SOURCE)
            .flatMap(text -> declarations.sources.find(text, text.text()));
    Optional<Scalar> time = mapping.scalar(DatasetKeys.TIME);
    Optional<YamlValue> columns = mapping.find(DatasetKeys.COLUMNS);
    Optional<YamlMapping> keys = mapping.find(DatasetKeys.KEYS).flatMap(YamlValue::mapping);
    mapping.rejectUnknownKeys();
    if (source.isEmpty()) {
      return Optional.empty();
    }
    List<Column> declared = source.get().columns();
    Optional<String> timeColumn = time.flatMap(text -> timestamp(text, declared));
    List<String> kept = columns.map(list -> columns(list, declared)).orElse(List.of());
    Map<String, Map<String, String>> keyColumns =
        service.isPresent() && keys.isPresent()
            ? keys(keys.get(), service.get(), declared)
            : Map.of();
    rejectSplit(mapping.where(), timeColumn, kept, keyColumns);
    if (service.isPresent() && columns.isPresent()) {
      checkRequest(columns.get().where(), service.get(), kept, declared);
    }
    return declarations.problems.count() > before || service.isEmpty()
        ? Optional.empty()
        : Optional.of(new Labels(source.get().name(), timeColumn.orElseThrow(), kept, keyColumns));
  }

  private static Optional<String> timestamp(Scalar text, List<Column> declared) {
    Optional<Column> column = Columns.find(text, declared);
    return column.filter(found -> found.type() != Primitive.TIMESTAMP).isPresent()
        ? text.reject(
            ProblemCode.TYPE_MISMATCH
                .found("is a column of type %s", column.get().type())
                .expected("timestamp")
                .remedy("cast it in the column's expr"))
        : column.map(Column::name);
  }

  private static List<String> columns(YamlValue list, List<Column> declared) {
    List<String> names = new ArrayList<>();
    for (Scalar each : list.scalars()) {
      if (names.contains(each.text())) {
        each.reject(
            "column", ProblemCode.LISTED_TWICE.found("is listed twice").remedy("remove one"));
      } else {
        Columns.find(each, declared).ifPresent(column -> names.add(column.name()));
      }
    }
    return names;
  }

  private Map<String, Map<String, String>> keys(
      YamlMapping mapping, FeatureService service, List<Column> declared) {
    Map<String, Map<String, String>> keys = new LinkedHashMap<>();
    YamlMapping roles = mapping.labelled("keys of labels");
    service
        .roles()
        .forEach(
            (role, entityName) -> {
              roles.has(role);
              Optional<Entity> entity = declarations.entities.find(entityName);
              entity.ifPresent(known -> keys.put(role, keysOf(roles, role, known, declared)));
            });
    roles.keys().stream()
        .filter(role -> !service.roles().containsKey(role.text()))
        .forEach(
            role -> {
              roles.has(role.text());
              role.unknown(ProblemCode.UNKNOWN_ROLE, "role", service.roles().keySet());
            });
    return keys;
  }

  private static Map<String, String> keysOf(
      YamlMapping roles, String role, Entity entity, List<Column> declared) {
    if (entity.keys().isEmpty() && !roles.has(role)) {
      return Map.of();
    }
    return roles
        .require(role, Columns.example(entity.keys()))
        .flatMap(YamlValue::mapping)
        .map(
            mapping ->
                Columns.ofKeys(
                    mapping.labelled("keys of role '" + role + "'"),
                    entity.keys(),
                    "entity '" + entity.name() + "'",
                    declared))
        .orElse(Map.of());
  }

  /** A dataset has a column of its own that says whether a row is to train, validate or test. */
  private void rejectSplit(
      Where where,
      Optional<String> time,
      List<String> kept,
      Map<String, Map<String, String>> keys) {
    if (time.filter(SPLIT::equals).isPresent()
        || kept.contains(SPLIT)
        || keys.values().stream().anyMatch(columns -> columns.containsValue(SPLIT))) {
      declarations.problems.add(
          where,
          ProblemCode.NAME_TAKEN
              .found(
                  "labels: a dataset's column '%s' says train, validation or test, and cannot hold a label",
                  SPLIT)
              .remedy("give the source's column another name"));
    }
  }

  /** A value that a caller would send must be a label column of the same name and type. */
  private void checkRequest(
      Where where, FeatureService service, List<String> kept, List<Column> declared) {
    List<String> missing = new ArrayList<>();
    for (Field value : requestValues(service)) {
      Optional<Column> column =
          declared.stream()
              .filter(each -> kept.contains(each.name()) && each.name().equals(value.name()))
              .findFirst();
      if (column.isEmpty()) {
        missing.add(value.toString());
      } else if (!column.get().type().equals(value.type())) {
        declarations.problems.add(
            where,
            ProblemCode.TYPE_MISMATCH
                .found(
                    "columns: '%s' is of type %s, but service '%s' takes it with the request as %s",
                    value.name(), column.get().type(), service.name(), value.type())
                .expected("the same")
                .remedy("cast it in the column's expr"));
      }
    }
    if (!missing.isEmpty()) {
      declarations.problems.add(
          where,
          ProblemCode.MISSING_REQUEST_VALUE
              .found(
                  "columns: service '%s' takes values with the request that are not among them: %s",
                  service.name(), String.join(", ", missing))
              .remedy(
                  "add them (columns of the source: %s)",
                  String.join(", ", declared.stream().map(Column::name).toList())));
    }
  }

  private List<Field> requestValues(FeatureService service) {
    List<Field> values = new ArrayList<>();
    for (FeatureRef reference : service.features()) {
      Optional<OnDemandView> view =
          declarations.onDemandViews.find(new ViewId(reference.role(), reference.version()));
      if (view.isPresent() && !service.roles().containsKey(reference.role())) {
        view.get().request().stream().filter(value -> !values.contains(value)).forEach(values::add);
      }
    }
    return values;
  }
}
