package dev.plumbline.timeline.history;

import dev.plumbline.timeline.AsOfRule;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Status;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Status and values of an entity at an instant; values only where the status is PRESENT. */
public record Answer(Status status, @Nullable List<@Nullable Object> values) {
  static final Answer MISSING = new Answer(Status.MISSING, null);

  /** From the newest visible row, if there is one. */
  static Answer of(
      AsOfRule rule, @Nullable FeatureRow newest, OptionalLong newestRefresh, long instant) {
    if (newest == null || newest.isTombstone()) {
      return MISSING;
    }
    long age = rule.age(newest.time().eventTime(), newestRefresh.orElseThrow(), instant);
    Status status = rule.status(age, Long.MAX_VALUE);
    return new Answer(status, status == Status.PRESENT ? newest.values() : null);
  }
}
