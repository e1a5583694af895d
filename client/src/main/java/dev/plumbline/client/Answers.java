package dev.plumbline.client;

import dev.plumbline.client.FeatureVectors.Entity;
import dev.plumbline.client.FeatureVectors.Feature;
import dev.plumbline.client.FeatureVectors.Publication;
import dev.plumbline.client.FeatureVectors.View;
import dev.plumbline.serving.v1.FeatureColumn;
import dev.plumbline.serving.v1.GetFeaturesResponse;
import dev.plumbline.serving.v1.ViewColumn;
import dev.plumbline.wire.ColumnReader;
import dev.plumbline.wire.WireTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Reads replies. */
final class Answers {
  private Answers() {}

  static FeatureVectors vectors(GetFeaturesResponse reply, Optional<Instant> now) {
    return new FeatureVectors(
        reply.getFeaturesList().stream().map(Answers::feature).toList(),
        reply.getViewsList().stream().map(Answers::view).toList(),
        WireTime.instant(reply.getServedAtMicros()),
        reply.getRegistryRevision(),
        reply.getRequestId(),
        now);
  }

  private static Feature feature(FeatureColumn feature) {
    ColumnReader column = ColumnReader.of(feature.getColumn());
    return new Feature(
        feature.getName(),
        column.type().orElse(""),
        feature.getStatusesList().stream().map(Answers::status).toList(),
        column.values(),
        feature.hasView() ? Optional.of(feature.getView()) : Optional.empty());
  }

  private static View view(ViewColumn view) {
    BitSet inFlight = new BitSet();
    view.getInFlightList().forEach(inFlight::set);
    List<Entity> entities = new ArrayList<>(view.getStatusesCount());
    for (int row = 0; row < view.getStatusesCount(); row++) {
      Status status = status(view.getStatuses(row));
      boolean known = status == Status.PRESENT || status == Status.EXPIRED;
      entities.add(
          new Entity(
              status,
              known ? Optional.of(eventTime(view, row)) : Optional.empty(),
              known ? Optional.of(age(view, row)) : Optional.empty(),
              inFlight.get(row)));
    }
    return new View(view.getRole(), view.getView(), view.getVersion(), publication(view), entities);
  }

  private static Instant eventTime(ViewColumn view, int row) {
    return WireTime.instant(view.getEventTimeMicros(row));
  }

  private static Duration age(ViewColumn view, int row) {
    return Duration.of(view.getAgeMicros(row), ChronoUnit.MICROS);
  }

  private static Publication publication(ViewColumn view) {
    return new Publication(
        WireTime.instant(view.getMarker().getCreatedAtMicros()),
        WireTime.instant(view.getMarker().getRefreshMicros()),
        WireTime.instant(view.getMarker().getPublishedAtMicros()));
  }

  /** A status that this client does not know is not a value to it. */
  private static Status status(dev.plumbline.serving.v1.Status status) {
    return switch (status) {
      case STATUS_PRESENT -> Status.PRESENT;
      case STATUS_NULL -> Status.NULL;
      case STATUS_MISSING -> Status.MISSING;
      case STATUS_EXPIRED -> Status.EXPIRED;
      case STATUS_INVALID, STATUS_UNSPECIFIED, UNRECOGNIZED -> Status.INVALID;
    };
  }
}
