package dev.plumbline.law;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.offline.EntitySample;
import dev.plumbline.offline.pointintime.ViewLog;
import dev.plumbline.timeline.Run;
import dev.plumbline.type.Field;
import dev.plumbline.vector.ServicePlan;
import dev.plumbline.vector.ServicePlan.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Entities to ask about: of each role some that its views know, in many combinations, and some that
 * nobody knows.
 */
final class LawSample {
  private static final int UNKNOWN_EVERY = 9;

  private final ServicePlan plan;
  private final Function<FeatureView, ViewLog> logs;
  private final Map<FeatureView, List<List<Object>>> known = new HashMap<>();

  LawSample(ServicePlan plan, Function<FeatureView, ViewLog> logs) {
    this.plan = plan;
    this.logs = logs;
  }

  List<SampleRow> rows(int count) {
    List<List<List<Object>>> pools = plan.roles().stream().map(role -> pool(role, count)).toList();
    List<SampleRow> rows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      List<List<Object>> keys = new ArrayList<>();
      for (int role = 0; role < pools.size(); role++) {
        keys.add(key(plan.roles().get(role), pools.get(role), row, role));
      }
      List<@Nullable Object> request = new ArrayList<>();
      for (Field field : plan.request()) {
        request.add(SampleValues.request(field.type(), row));
      }
      rows.add(new SampleRow(keys, request));
    }
    return rows;
  }

  private static List<Object> key(Role role, List<List<Object>> pool, int row, int offset) {
    boolean unknown = pool.isEmpty() || (row + offset) % UNKNOWN_EVERY == UNKNOWN_EVERY - 1;
    return unknown && !role.entity().keys().isEmpty()
        ? SampleValues.unknown(role.entity().keys())
        : pool.get((row + 5 * offset) % pool.size());
  }

  /** Each view of a role in turn gives one more of its entities. */
  private List<List<Object>> pool(Role role, int count) {
    List<List<List<Object>>> views = new ArrayList<>();
    for (ServicePlan.Read read : plan.reads()) {
      if (read.role().equals(role)) {
        views.add(known.computeIfAbsent(read.view(), view -> known(view, role, count)));
      }
    }
    Set<List<Object>> pool = new LinkedHashSet<>();
    for (int i = 0; i < count; i++) {
      for (List<List<Object>> view : views) {
        if (i < view.size()) {
          pool.add(view.get(i));
        }
      }
    }
    return List.copyOf(pool);
  }

  private List<List<Object>> known(FeatureView view, Role role, int count) {
    ViewLog log = logs.apply(view);
    long stamp =
        log.ledger()
            .last()
            .map(Run::stamp)
            .orElseThrow(
                () ->
                    new UnavailableException(
                        "%s has no rows yet; run: plumb materialize %s"
                            .formatted(view.id(), view.id())));
    return EntitySample.of(log.table(), role.entity(), stamp, count);
  }
}
