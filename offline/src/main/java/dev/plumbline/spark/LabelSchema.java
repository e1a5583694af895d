package dev.plumbline.spark;

import dev.plumbline.expression.SparkTypes;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.offline.dataset.SharedKeys;
import dev.plumbline.type.Field;
import dev.plumbline.vector.ServicePlan;
import dev.plumbline.vector.ServicePlan.Role;
import dev.plumbline.vector.UnknownNameException;
import dev.plumbline.yaml.NearestName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of labels, found by what a training set needs them for, and checked. */
final class LabelSchema {
  private final StructType columns;

  /**
   * Columns of labels.
   *
   * @throws InvalidException if two have one name; Spark does not tell capital letters apart
   */
  LabelSchema(StructType columns) {
    this.columns = columns;
    Map<String, String> seen = new HashMap<>();
    for (String name : columns.fieldNames()) {
      String other = seen.put(name.toLowerCase(Locale.ROOT), name);
      if (other != null) {
        throw new InvalidException(
            "labels: columns '%s' and '%s' have one name (expected: each its own); rename one"
                .formatted(other, name));
      }
    }
  }

  /** The column of this name, if it can say when labels were asked. */
  String time(Optional<String> named) {
    String name =
        named.orElseThrow(
            () ->
                new InvalidException(
                    "labels: nothing says when they were asked (expected: a timestamp column); name it with time(\"column\")"));
    StructField column = find(name, "the time of labels");
    if (!column.dataType().equals(DataTypes.TimestampType)) {
      throw new InvalidException(
          "labels: column '%s' is of type %s (expected: timestamp); cast it, which says in what zone it is"
              .formatted(name, column.dataType().sql()));
    }
    return name;
  }

  /**
   * For each role of a plan the columns that hold its keys, in the entity's order.
   *
   * @param named for roles and keys the column that somebody named
   * @throws InvalidException if a column is absent or cannot hold the key, or two roles of an
   *     entity would take their keys from the same columns without being told to
   * @throws UnknownNameException if a role or key is named that the plan does not have
   */
  Map<String, List<String>> keys(ServicePlan plan, Map<String, Map<String, String>> named) {
    rejectUnknown(plan, named);
    Map<String, List<String>> keys = new LinkedHashMap<>();
    for (Role role : plan.roles()) {
      List<String> found = new ArrayList<>();
      for (Field key : role.entity().keys()) {
        Optional<String> column =
            Optional.ofNullable(named.getOrDefault(role.name(), Map.of()).get(key.name()));
        String what = "key '%s' of role '%s'".formatted(key.name(), role.name());
        require(column.orElse(key.name()), what, key, "; or name another with key(...)");
        found.add(column.orElse(key.name()));
      }
      keys.put(role.name(), found);
    }
    SharedKeys.rejectByChance(plan, named.keySet(), "key(\"%s\", \"%s\", \"column\")"::formatted);
    return keys;
  }

  private static void rejectUnknown(ServicePlan plan, Map<String, Map<String, String>> named) {
    named.forEach(
        (name, columns) -> {
          Role role =
              plan.roles().stream()
                  .filter(each -> each.name().equals(name))
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new UnknownNameException(
                              "role", name, plan.roles().stream().map(Role::name).toList()));
          List<String> keys = role.entity().keys().stream().map(Field::name).toList();
          for (String key : columns.keySet()) {
            if (!keys.contains(key)) {
              throw new UnknownNameException("key of role '" + name + "'", key, keys);
            }
          }
        });
  }

  /** Values that a caller would send must be columns of the same names. */
  void checkRequest(ServicePlan plan) {
    for (Field value : plan.request()) {
      require(value.name(), "request value '" + value.name() + "'", value, "");
    }
  }

  private void require(String name, String what, Field wanted, String remedy) {
    StructField column = find(name, what + remedy);
    if (!holds(column.dataType(), SparkTypes.of(wanted.type()))) {
      throw new InvalidException(
          "labels: column '%s' is of type %s, but is %s (expected: %s); cast it"
              .formatted(name, column.dataType().sql(), what, wanted.type()));
    }
  }

  private StructField find(String name, String what) {
    List<String> known = List.of(columns.fieldNames());
    if (!known.contains(name)) {
      throw new InvalidException(
          "labels: no column '%s', for %s; %s"
              .formatted(name, what, NearestName.remedy(name, known)));
    }
    return columns.apply(name);
  }

  /** Whether values of a type are those of another; Python has one type of whole numbers. */
  private static boolean holds(DataType from, DataType to) {
    return from.equals(to)
        || (isWhole(from) && (isWhole(to) || isBroken(to)))
        || (isBroken(from) && isBroken(to))
        || (isNumber(from) && isNumber(to) && Cast.canUpCast(from, to));
  }

  private static boolean isNumber(DataType type) {
    return type instanceof NumericType;
  }

  private static boolean isWhole(DataType type) {
    return Stream.of(ByteType.class, ShortType.class, IntegerType.class, LongType.class)
        .anyMatch(whole -> whole.isInstance(type));
  }

  private static boolean isBroken(DataType type) {
    return type instanceof FloatType || type instanceof DoubleType;
  }
}
