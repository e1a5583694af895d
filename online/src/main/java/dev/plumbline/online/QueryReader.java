package dev.plumbline.online;

import dev.plumbline.online.FeatureQuery.RequestColumn;
import dev.plumbline.serving.v1.GetFeaturesRequest;
import dev.plumbline.serving.v1.RoleKeys;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import dev.plumbline.type.ValueBytes;
import dev.plumbline.vector.ServicePlan.Role;
import dev.plumbline.vector.UnknownNameException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a request against the plan that it asks for. One per call; not thread-safe. */
final class QueryReader {
  private static final long FOR_EVER = Long.MAX_VALUE;

  private final PreparedPlan prepared;
  private final GetFeaturesRequest request;
  private final RequestRows rows;

  private QueryReader(PreparedPlan prepared, GetFeaturesRequest request, int mostRows) {
    this.prepared = prepared;
    this.request = request;
    this.rows = new RequestRows(mostRows);
  }

  /**
   * What a request asks of a plan.
   *
   * @throws CallException if the request does not fit the plan
   */
  static FeatureQuery read(PreparedPlan prepared, GetFeaturesRequest request, int mostRows) {
    return new QueryReader(prepared, request, mostRows).read();
  }

  private FeatureQuery read() {
    RequestId.check(request.getRequestId());
    long maxAge = maxAge();
    Map<String, RequestColumns> entities = entities();
    List<Field> fields = prepared.plan().request();
    RequestColumns values =
        RequestColumns.of("request_values", request.getRequestValuesList(), fields);
    int count = rows.count(values, fields);
    Map<String, List<@Nullable Bytes>> keys = new LinkedHashMap<>();
    for (Role role : prepared.plan().roles()) {
      RequestColumns columns = entities.get(role.name());
      if (columns != null) {
        keys.put(role.name(), keys(role, columns, count));
      }
    }
    List<RequestColumn> requestValues =
        fields.stream().map(field -> new RequestColumn(values.values(field))).toList();
    return new FeatureQuery(prepared, count, keys, requestValues, maxAge);
  }

  private long maxAge() {
    if (!request.hasMaxAgeMicros()) {
      return FOR_EVER;
    }
    if (request.getMaxAgeMicros() < 0) {
      throw new CallException.Invalid(
          "max_age_micros", request.getMaxAgeMicros() + " (expected: 0 or more)");
    }
    return request.getMaxAgeMicros();
  }

  /** The keys of each role that is read; those of an entity without keys need not be given. */
  private Map<String, RequestColumns> entities() {
    Map<String, RoleKeys> given = given();
    Map<String, RequestColumns> entities = new LinkedHashMap<>();
    for (Role role : prepared.plan().roles()) {
      RoleKeys keys = given.get(role.name());
      List<Field> fields = role.entity().keys();
      if (keys == null && prepared.reads(role) && !fields.isEmpty()) {
        throw new CallException.Invalid(
            "entities." + role.name(), "is missing (expected: keys %s)".formatted(fields));
      }
      if (keys != null || prepared.reads(role)) {
        RoleKeys present = keys == null ? RoleKeys.getDefaultInstance() : keys;
        String where = "entities." + role.name();
        RequestColumns columns = RequestColumns.of(where, present.getKeysList(), fields);
        fields.forEach(field -> rows.addKey(columns, field));
        entities.put(role.name(), columns);
      }
    }
    return entities;
  }

  private Map<String, RoleKeys> given() {
    List<String> names = prepared.plan().roles().stream().map(Role::name).toList();
    Map<String, RoleKeys> given = new LinkedHashMap<>();
    for (RoleKeys keys : request.getEntitiesList()) {
      if (!names.contains(keys.getRole())) {
        throw new CallException.Invalid(
            "entities", UnknownNameException.message("role", keys.getRole(), names));
      }
      if (given.put(keys.getRole(), keys) != null) {
        throw new CallException.Invalid(
            "entities." + keys.getRole(), "is given twice; give it once");
      }
    }
    return given;
  }

  private static List<@Nullable Bytes> keys(Role role, RequestColumns columns, int rows) {
    List<Field> fields = role.entity().keys();
    List<DataType> types = fields.stream().map(Field::type).toList();
    if (fields.isEmpty()) {
      return Collections.nCopies(rows, ValueBytes.of(types, List.of()));
    }
    List<List<@Nullable Object>> values =
        fields.stream().map(columns::values).collect(Collectors.toList());
    List<@Nullable Bytes> keys = new ArrayList<>(rows);
    @Nullable Object[] key = new @Nullable Object[fields.size()];
    for (int row = 0; row < rows; row++) {
      boolean complete = true;
      for (int i = 0; i < key.length; i++) {
        key[i] = values.get(i).get(row);
        complete &= key[i] != null;
      }
      keys.add(complete ? ValueBytes.of(types, Arrays.asList(key)) : null);
    }
    return keys;
  }
}
