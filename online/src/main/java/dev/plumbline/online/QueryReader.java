package dev.plumbline.online;

import dev.plumbline.online.FeatureQuery.RequestColumn;
import dev.plumbline.serving.v1.GetFeaturesRequest;
import dev.plumbline.serving.v1.RoleKeys;
import dev.plumbline.store.ReadBatch;
import dev.plumbline.type.Field;
import dev.plumbline.vector.ServicePlan.Role;
import dev.plumbline.vector.UnknownNameException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a request against the plan that it asks for. One per call; not thread-safe. */
final class QueryReader {
  private static final long FOR_EVER = Long.MAX_VALUE;

  private final PreparedPlan prepared;
  private final GetFeaturesRequest request;
  private final ReadBatch batch;
  private final RequestRows rows;

  private QueryReader(
      PreparedPlan prepared, GetFeaturesRequest request, int mostRows, ReadBatch batch) {
    this.prepared = prepared;
    this.request = request;
    this.rows = new RequestRows(mostRows);
    this.batch = batch;
  }

  /**
   * What a request asks of a plan.
   *
   * @param batch to fill with the entities
   * @throws CallException if the request does not fit the plan
   */
  static FeatureQuery read(
      PreparedPlan prepared, GetFeaturesRequest request, int mostRows, ReadBatch batch) {
    return new QueryReader(prepared, request, mostRows, batch).read();
  }

  private FeatureQuery read() {
    RequestId.check(request.getRequestId());
    long maxAge = maxAge();
    @Nullable RequestColumns[] keysByRole = keysByRole();
    RequestColumns values =
        RequestColumns.of(
            "request_values", request.getRequestValuesList(), prepared.plan().request());
    int count = rows.count(values);
    batch.begin(prepared.viewSet(), count * prepared.viewOfRead().length);
    List<int[]> looked = new ArrayList<>(prepared.viewOfRead().length);
    for (int read = 0; read < prepared.viewOfRead().length; read++) {
      RequestColumns keys = Objects.requireNonNull(keysByRole[prepared.roleOfRead()[read]]);
      looked.add(lookUp(prepared.viewOfRead()[read], keys, count));
    }
    List<RequestColumn> requestValues = new ArrayList<>(values.columns().size());
    for (int column = 0; column < values.columns().size(); column++) {
      requestValues.add(new RequestColumn(values.values(column)));
    }
    return new FeatureQuery(prepared, count, looked, requestValues, maxAge);
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

  /**
   * The keys of each role, by its position in the plan; none where they are neither given nor read.
   * Those of an entity without keys need not be given.
   */
  private @Nullable RequestColumns[] keysByRole() {
    List<Role> roles = prepared.plan().roles();
    @Nullable RoleKeys[] given = given(roles);
    @Nullable RequestColumns[] keysByRole = new @Nullable RequestColumns[roles.size()];
    for (int i = 0; i < given.length; i++) {
      RoleKeys keys = given[i];
      List<Field> fields = roles.get(i).entity().keys();
      String where = prepared.places().get(i);
      if (keys == null && prepared.reads(i) && !fields.isEmpty()) {
        throw new CallException.Invalid(where, "is missing (expected: keys %s)".formatted(fields));
      }
      if (keys != null || prepared.reads(i)) {
        RoleKeys present = keys == null ? RoleKeys.getDefaultInstance() : keys;
        RequestColumns columns = RequestColumns.of(where, present.getKeysList(), fields);
        for (int column = 0; column < fields.size(); column++) {
          rows.addKey(columns, column);
        }
        keysByRole[i] = columns;
      }
    }
    return keysByRole;
  }

  private @Nullable RoleKeys[] given(List<Role> roles) {
    @Nullable RoleKeys[] given = new @Nullable RoleKeys[roles.size()];
    for (RoleKeys keys : request.getEntitiesList()) {
      int at = 0;
      while (at < given.length && !roles.get(at).name().equals(keys.getRole())) {
        at++;
      }
      if (at == given.length) {
        List<String> names = roles.stream().map(Role::name).toList();
        throw new CallException.Invalid(
            "entities", UnknownNameException.message("role", keys.getRole(), names));
      }
      if (given[at] != null) {
        throw new CallException.Invalid(prepared.places().get(at), "is given twice; give it once");
      }
      given[at] = keys;
    }
    return given;
  }

  /** Looks up the entities of a role in a view, row by row. */
  private int[] lookUp(int view, RequestColumns columns, int count) {
    int[] entities = new int[count];
    int fields = columns.columns().size();
    if (fields == 0) {
      Arrays.fill(entities, batch.add(view, List.of()));
      return entities;
    }
    @Nullable Object[] key = new @Nullable Object[fields];
    List<@Nullable Object> asList = Arrays.asList(key);
    for (int row = 0; row < count; row++) {
      boolean complete = true;
      for (int i = 0; i < fields; i++) {
        key[i] = columns.value(i, row);
        complete &= key[i] != null;
      }
      entities[row] = complete ? batch.add(view, asList) : FeatureQuery.NO_KEY;
    }
    return entities;
  }
}
