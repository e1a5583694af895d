package dev.plumbline.online;

import dev.plumbline.store.Reading.Found;
import dev.plumbline.timeline.AsOfRule;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Marker;
import dev.plumbline.timeline.Status;
import dev.plumbline.vector.ViewAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one entity in one view.
 *
 * @param eventTime of its record, in microseconds; 0 unless PRESENT or EXPIRED
 * @param age that max_age is held against, in microseconds; 0 unless PRESENT or EXPIRED
 * @param inFlight whether its record is newer than the marker
 */
record EntityAnswer(ViewAnswer answer, long eventTime, long age, boolean inFlight) {
  static final EntityAnswer MISSING =
      new EntityAnswer(ViewAnswer.without(Status.MISSING), 0, 0, false);
  private static final EntityAnswer INVALID =
      new EntityAnswer(ViewAnswer.without(Status.INVALID), 0, 0, false);

  /** By what a record is judged: the view's rule, its marker, and the instant of the call. */
  record Judge(AsOfRule rule, Marker marker, long instant, long requestedMaxAge) {
    EntityAnswer of(Found found) {
      if (found instanceof Found.Present present) {
        return of(present.row());
      }
      return found instanceof Found.Unreadable ? INVALID : MISSING;
    }

    private EntityAnswer of(FeatureRow row) {
      boolean inFlight = row.time().createdAt() > marker.createdAt();
      List<@Nullable Object> values = row.values();
      if (values == null) {
        return withoutValues(Status.MISSING, 0, 0, inFlight);
      }
      long eventTime = row.time().eventTime();
      long age = rule.age(eventTime, marker.refresh(), instant);
      Status status = rule.status(age, requestedMaxAge);
      return switch (status) {
        case PRESENT -> new EntityAnswer(ViewAnswer.present(values), eventTime, age, inFlight);
        case EXPIRED -> withoutValues(status, eventTime, age, inFlight);
        default -> withoutValues(status, 0, 0, inFlight);
      };
    }

    private static EntityAnswer withoutValues(
        Status status, long eventTime, long age, boolean inFlight) {
      return new EntityAnswer(ViewAnswer.without(status), eventTime, age, inFlight);
    }
  }
}
