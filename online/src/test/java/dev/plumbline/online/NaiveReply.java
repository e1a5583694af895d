package dev.plumbline.online;

import dev.plumbline.online.FeatureQuery.RequestColumn;
import dev.plumbline.serving.v1.FeatureColumn;
import dev.plumbline.serving.v1.GetFeaturesResponse;
import dev.plumbline.serving.v1.Marker;
import dev.plumbline.serving.v1.Status;
import dev.plumbline.serving.v1.ViewColumn;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineStore.Lookup;
import dev.plumbline.store.Reading;
import dev.plumbline.store.Reading.Found;
import dev.plumbline.timeline.AsOfRule;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.type.Bytes;
import dev.plumbline.vector.Cell;
import dev.plumbline.vector.ServicePlan;
import dev.plumbline.vector.ServicePlan.Origin;
import dev.plumbline.vector.ServicePlan.Output;
import dev.plumbline.vector.ServicePlan.Read;
import dev.plumbline.vector.VectorAssembler;
import dev.plumbline.vector.ViewAnswer;
import dev.plumbline.wire.ColumnWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reply as it is defined: every row looked up by itself, every value an object, every message
 * built.
 */
final class NaiveReply {
  private final OnlineStore store;
  private final ServicePlan plan;
  private final long instant;
  private final long requestedMaxAge;

  NaiveReply(OnlineStore store, ServicePlan plan, long instant, long requestedMaxAge) {
    this.store = store;
    this.plan = plan;
    this.instant = instant;
    this.requestedMaxAge = requestedMaxAge;
  }

  /** What one row finds in one read of the plan. */
  private record Look(
      dev.plumbline.timeline.Marker marker, @Nullable FeatureRow row, ViewAnswer answer, long age) {
    boolean isTimed() {
      return answer.status() == dev.plumbline.timeline.Status.PRESENT
          || answer.status() == dev.plumbline.timeline.Status.EXPIRED;
    }
  }

  /**
   * The reply.
   *
   * @param keys for each read of the plan and each row
   */
  GetFeaturesResponse of(
      List<List<@Nullable Bytes>> keys,
      List<RequestColumn> requestValues,
      VectorAssembler assembler,
      boolean named,
      String fingerprint,
      String requestId) {
    int rows = keys.get(0).size();
    List<List<Look>> looks = new ArrayList<>();
    for (int read = 0; read < plan.reads().size(); read++) {
      List<Look> ofRead = new ArrayList<>();
      for (Bytes key : keys.get(read)) {
        ofRead.add(look(plan.reads().get(read), key));
      }
      looks.add(ofRead);
    }
    GetFeaturesResponse.Builder reply = GetFeaturesResponse.newBuilder();
    for (Output output : plan.outputs()) {
      FeatureColumn.Builder feature = FeatureColumn.newBuilder();
      ColumnWriter column = ColumnWriter.of(output.type().toString());
      for (int row = 0; row < rows; row++) {
        Cell cell = output.withDefault(cell(output, row, looks, requestValues, assembler));
        feature.addStatuses(wire(cell.status()));
        column.add(WireValues.toWire(output.type(), cell.value()));
      }
      if (output.origin() instanceof Origin.Stored stored) {
        feature.setView(stored.slot().read());
      }
      reply.addFeatures(
          feature.setName(named ? output.ref().toString() : "").setColumn(column.build()));
    }
    for (int read = 0; read < plan.reads().size(); read++) {
      reply.addViews(view(plan.reads().get(read), looks.get(read), named));
    }
    return reply
        .setServedAtMicros(instant)
        .setRegistryRevision(fingerprint)
        .setRequestId(requestId)
        .build();
  }

  private static Cell cell(
      Output output,
      int row,
      List<List<Look>> looks,
      List<RequestColumn> requestValues,
      VectorAssembler assembler) {
    List<ViewAnswer> answers = looks.stream().map(read -> read.get(row).answer()).toList();
    if (output.origin() instanceof Origin.Computed computed) {
      List<@Nullable Object> request = new ArrayList<>();
      requestValues.forEach(column -> request.add(column.get(row)));
      return assembler.computed(answers, request).get(computed.step()).get(computed.feature());
    }
    ServicePlan.Slot slot = ((Origin.Stored) output.origin()).slot();
    ViewAnswer answer = answers.get(slot.read());
    if (answer.values() == null) {
      return new Cell(answer.status(), null);
    }
    Object value = answer.values().get(slot.feature());
    return new Cell(answer.status().ofValue(value), value);
  }

  private Look look(Read read, @Nullable Bytes key) {
    List<Bytes> asked = key == null ? List.of() : List.of(key);
    Reading reading =
        store
            .read(List.of(new Lookup(Flights.online(read.view()), asked)))
            .toCompletableFuture()
            .join()
            .get(0);
    dev.plumbline.timeline.Marker marker = reading.marker().orElseThrow();
    if (key == null || reading.records().get(0) instanceof Found.Absent) {
      return new Look(marker, null, without(dev.plumbline.timeline.Status.MISSING), 0);
    }
    if (!(reading.records().get(0) instanceof Found.Present present)) {
      return new Look(marker, null, without(dev.plumbline.timeline.Status.INVALID), 0);
    }
    FeatureRow row = present.row();
    if (row.values() == null) {
      return new Look(marker, row, without(dev.plumbline.timeline.Status.MISSING), 0);
    }
    AsOfRule rule = new AsOfRule(read.view().timing());
    long age = rule.age(row.time().eventTime(), marker.refresh(), instant);
    dev.plumbline.timeline.Status status = rule.status(age, requestedMaxAge);
    return new Look(
        marker,
        row,
        status == dev.plumbline.timeline.Status.PRESENT
            ? ViewAnswer.present(row.values())
            : without(status),
        age);
  }

  private static ViewAnswer without(dev.plumbline.timeline.Status status) {
    return ViewAnswer.without(status);
  }

  private static ViewColumn view(Read read, List<Look> looks, boolean named) {
    dev.plumbline.timeline.Marker marker = looks.get(0).marker();
    ViewColumn.Builder view =
        ViewColumn.newBuilder()
            .setMarker(
                Marker.newBuilder()
                    .setCreatedAtMicros(marker.createdAt())
                    .setRefreshMicros(marker.refresh())
                    .setPublishedAtMicros(marker.publishedAt()));
    if (named) {
      view.setRole(read.role().name())
          .setView(read.view().id().name())
          .setVersion(read.view().id().version());
    }
    for (int row = 0; row < looks.size(); row++) {
      Look look = looks.get(row);
      view.addStatuses(wire(look.answer().status()));
      view.addEventTimeMicros(
          look.row() != null && look.isTimed() ? look.row().time().eventTime() : 0);
      view.addAgeMicros(look.isTimed() ? look.age() : 0);
      if (look.row() != null && look.row().time().createdAt() > marker.createdAt()) {
        view.addInFlight(row);
      }
    }
    return view.build();
  }

  private static Status wire(dev.plumbline.timeline.Status status) {
    return Status.valueOf("STATUS_" + status.name());
  }
}
