package dev.plumbline.offline.preview;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.timeline.AsOfRule;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.PointInTime;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.timeline.Status;
import dev.plumbline.type.Micros;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one entity of a view at an instant.
 *
 * @param status of the row: PRESENT, EXPIRED or MISSING
 * @param eventTime of the newest row that is visible; absent if none is
 * @param values canonical, in the order of the features; empty unless PRESENT
 */
public record KnownValues(
    List<Object> key, Status status, Optional<Instant> eventTime, List<@Nullable Object> values) {
  public KnownValues {
    key = List.copyOf(key);
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  /**
   * By the rule that servers and training sets go by.
   *
   * @param rows all that the log has of the entity, in any order
   * @param runs whose rows count
   */
  public static KnownValues at(
      Instant instant, FeatureView view, Ledger runs, List<Object> key, List<FeatureRow> rows) {
    long now = Micros.of(instant);
    PointInTime answer = new PointInTime(new long[] {now}, runs.visibility());
    FeatureRow newest = null;
    for (FeatureRow row : rows) {
      RowTime time = row.time();
      if (answer.offer(0, 1, time.eventTime(), time.availableAt(), time.createdAt()) >= 0) {
        newest = row;
      }
    }
    if (newest == null) {
      return new KnownValues(key, Status.MISSING, Optional.empty(), List.of());
    }
    Optional<Instant> eventTime = Optional.of(Micros.instant(newest.time().eventTime()));
    Status status = status(view, runs, newest, now);
    List<@Nullable Object> values = newest.values();
    return new KnownValues(
        key, status, eventTime, status != Status.PRESENT || values == null ? List.of() : values);
  }

  private static Status status(FeatureView view, Ledger runs, FeatureRow newest, long now) {
    if (newest.isTombstone()) {
      return Status.MISSING;
    }
    AsOfRule rule = new AsOfRule(view.timing());
    long age = rule.age(newest.time().eventTime(), runs.newestRefresh(now).orElseThrow(), now);
    return rule.status(age, AsOfRule.requestedMaxAge(Optional.empty()));
  }
}
