package dev.plumbline.offline.dataset;

import dev.plumbline.definition.About;
import dev.plumbline.definition.DatasetDefinition;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import dev.plumbline.vector.AdHocService;
import dev.plumbline.vector.ServicePlan;
import dev.plumbline.vector.ServicePlanner;
import dev.plumbline.vector.UnknownNameException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A dataset that no definition knows: labels of a file, and features by their references.
 *
 * @param labels the file: Parquet, CSV with a header, or JSON lines, as its ending says
 * @param time the column that says when the model would have asked
 * @param features {@code role:feature@version} each
 * @param roles from roles that are not entities' own names to their entities
 * @param keys from {@code role.key} to the column that holds it; others have the key's own name
 * @param types of columns of CSV and JSON that are neither time, key nor request value; others are
 *     strings
 */
public record AdHocDataset(
    Path labels,
    String time,
    List<String> features,
    Map<String, String> roles,
    Map<String, String> keys,
    Map<String, DataType> types) {
  /** No definition can have a name with a hyphen. */
  private static final String NAME = "ad-hoc";

  private static final String SOURCE = "ad-hoc-labels";

  public AdHocDataset {
    features = List.copyOf(features);
    roles = Map.copyOf(roles);
    keys = Map.copyOf(keys);
    types = Map.copyOf(types);
  }

  /** The dataset as a definition, in a revision that has all that it refers to. */
  record Defined(Revision revision, DatasetDefinition dataset) {}

  /**
   * What is asked for, before its labels are looked at.
   *
   * @param keys of each role, from its keys to label columns
   */
  private record Asked(
      Revision revision, ServicePlan plan, Map<String, Map<String, String>> keys) {}

  /**
   * Refuses what can be told without Spark, so that nobody waits for it.
   *
   * @param out where the files would go
   * @throws UnknownNameException if a reference, a role or a key leads nowhere
   * @throws dev.plumbline.failure.NotFoundException if there is no file of labels
   * @throws InvalidException if its ending names no format, or there is nothing in it
   * @throws dev.plumbline.failure.ConflictException if there is something at {@code out}
   */
  public void rejectUnbuildable(Revision applied, Path out) {
    LabelFile.find(labels, columns(asked(applied)));
    OutFolder.free(out);
  }

  /**
   * Writes the definition that nobody wrote.
   *
   * @throws UnknownNameException if a reference, a role or a key leads nowhere
   * @throws InvalidException if a column is not there, or of another type than what it stands for
   */
  Defined define(Revision applied, SourceReader sources) {
    Asked asked = asked(applied);
    Map<String, Map<String, String>> keyColumns = asked.keys();
    LabelFile file = LabelFile.at(labels, columns(asked), sources);
    Map<String, DataType> meant = meant(asked.plan(), keyColumns, file);
    Source source = file.source(SOURCE, meant, types);
    List<String> kept =
        source.fields().stream()
            .map(Field::name)
            .filter(name -> !name.equals(time))
            .filter(name -> keyColumns.values().stream().noneMatch(r -> r.containsValue(name)))
            .toList();
    DatasetDefinition dataset =
        new DatasetDefinition(
            NAME,
            AdHocService.NAME,
            new DatasetDefinition.Labels(SOURCE, time, kept, keyColumns),
            Optional.empty(),
            About.NOTHING);
    return new Defined(with(asked.revision(), source, dataset), dataset);
  }

  private Asked asked(Revision applied) {
    Revision revision = AdHocService.in(applied, features, roles);
    ServicePlan plan = new ServicePlanner(revision).service(AdHocService.NAME);
    rejectUnusedRoles(plan);
    Map<String, Map<String, String>> keyColumns = keyColumns(plan);
    SharedKeys.rejectByChance(plan, namedRoles(), "--key %s.%s=COLUMN"::formatted);
    return new Asked(revision, plan, keyColumns);
  }

  /** The label columns that there must be. */
  private Set<String> columns(Asked asked) {
    Set<String> columns = new LinkedHashSet<>(List.of(time));
    asked.keys().values().forEach(ofRole -> columns.addAll(ofRole.values()));
    asked.plan().request().forEach(value -> columns.add(value.name()));
    return columns;
  }

  private Set<String> namedRoles() {
    return keys.keySet().stream()
        .map(key -> key.substring(0, Math.max(0, key.indexOf('.'))))
        .collect(Collectors.toSet());
  }

  private void rejectUnusedRoles(ServicePlan plan) {
    List<String> used = plan.roles().stream().map(ServicePlan.Role::name).toList();
    for (String role : roles.keySet()) {
      if (!used.contains(role)) {
        throw new UnknownNameException("role", role, used);
      }
    }
  }

  private Map<String, Map<String, String>> keyColumns(ServicePlan plan) {
    Map<String, String> given = new TreeMap<>(keys);
    Map<String, Map<String, String>> columns = new LinkedHashMap<>();
    List<String> known =
        plan.roles().stream()
            .flatMap(
                role -> role.entity().keys().stream().map(key -> role.name() + "." + key.name()))
            .toList();
    for (ServicePlan.Role role : plan.roles()) {
      Map<String, String> ofRole = new LinkedHashMap<>();
      for (Field key : role.entity().keys()) {
        String column = given.remove(role.name() + "." + key.name());
        ofRole.put(key.name(), column == null ? key.name() : column);
      }
      columns.put(role.name(), ofRole);
    }
    if (!given.isEmpty()) {
      throw new UnknownNameException("key", given.keySet().iterator().next(), known);
    }
    return columns;
  }

  /** What columns must be so that they can be what they stand for. */
  private Map<String, DataType> meant(
      ServicePlan plan, Map<String, Map<String, String>> keyColumns, LabelFile file) {
    Map<String, DataType> meant = new LinkedHashMap<>();
    claim(meant, file, time, Primitive.TIMESTAMP, "--time");
    for (ServicePlan.Role role : plan.roles()) {
      Map<String, String> ofRole = keyColumns.getOrDefault(role.name(), Map.of());
      for (Field key : role.entity().keys()) {
        String what =
            "key '%s' of role '%s' (--key %s.%s=COLUMN names another)"
                .formatted(key.name(), role.name(), role.name(), key.name());
        claim(meant, file, ofRole.getOrDefault(key.name(), key.name()), key.type(), what);
      }
    }
    for (Field value : plan.request()) {
      claim(
          meant,
          file,
          value.name(),
          value.type(),
          "the request value '%s' that on-demand features take".formatted(value.name()));
    }
    return meant;
  }

  private static void claim(
      Map<String, DataType> meant, LabelFile file, String column, DataType type, String what) {
    file.require(column, what);
    DataType other = meant.putIfAbsent(column, type);
    if (other != null && !other.equals(type)) {
      throw new InvalidException(
          "%s: column '%s' is %s and, as %s, %s (expected: one type); add a column"
              .formatted(file.path(), column, other, what, type));
    }
  }

  private static Revision with(Revision asked, Source source, DatasetDefinition dataset) {
    return new Revision(
        asked.project(),
        asked.entities(),
        added(asked.sources(), SOURCE, source),
        asked.views(),
        asked.onDemandViews(),
        asked.services(),
        added(asked.datasets(), NAME, dataset));
  }

  private static <T> SortedMap<String, T> added(SortedMap<String, T> all, String name, T one) {
    SortedMap<String, T> more = new TreeMap<>(all);
    more.put(name, one);
    return more;
  }
}
