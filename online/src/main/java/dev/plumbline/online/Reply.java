package dev.plumbline.online;

import dev.plumbline.online.FeatureQuery.RequestColumn;
import dev.plumbline.serving.v1.FeatureColumn;
import dev.plumbline.serving.v1.GetFeaturesRequest;
import dev.plumbline.serving.v1.GetFeaturesResponse;
import dev.plumbline.serving.v1.Marker;
import dev.plumbline.serving.v1.ViewColumn;
import dev.plumbline.timeline.Status;
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

/** Writes an answer as columns. One per call; not thread-safe. */
final class Reply {
  private final QueryAnswer answer;
  private final ServicePlan plan;
  private final boolean named;
  private final List<FeatureColumn.Builder> features = new ArrayList<>();
  private final List<ColumnWriter> columns = new ArrayList<>();
  private final StatusCounts counts = new StatusCounts();

  private Reply(QueryAnswer answer, boolean named) {
    this.answer = answer;
    this.plan = answer.query().prepared().plan();
    this.named = named;
    for (Output output : plan.outputs()) {
      features.add(head(output));
      columns.add(ColumnWriter.of(output.type().toString()));
    }
  }

  /** A reply and how many of its values have which status. */
  record Written(GetFeaturesResponse response, StatusCounts counts) {}

  static Written write(
      QueryAnswer answer, GetFeaturesRequest request, String fingerprint, RequestId requestId) {
    Reply reply = new Reply(answer, !request.getOmitNames());
    answer.query().prepared().assemblers().run(reply::assemble);
    GetFeaturesResponse response =
        reply
            .columns()
            .setServedAtMicros(answer.instant())
            .setRegistryRevision(fingerprint)
            .setRequestId(requestId.text())
            .build();
    return new Written(response, reply.counts);
  }

  private FeatureColumn.Builder head(Output output) {
    FeatureColumn.Builder head = FeatureColumn.newBuilder();
    if (named) {
      head.setName(output.ref().toString());
    }
    if (output.origin() instanceof Origin.Stored stored) {
      head.setView(stored.slot().read());
    }
    return head;
  }

  private void assemble(VectorAssembler assembler) {
    List<ViewAnswer> answers = new ArrayList<>();
    List<@Nullable Object> requestValues = new ArrayList<>();
    for (int row = 0; row < answer.query().rows(); row++) {
      answers.clear();
      for (int read = 0; read < plan.reads().size(); read++) {
        answers.add(answer.at(read, row).answer());
      }
      requestValues.clear();
      for (RequestColumn column : answer.query().requestValues()) {
        requestValues.add(column.get(row));
      }
      add(assembler.assemble(answers, requestValues));
    }
  }

  private void add(List<Cell> cells) {
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      features.get(i).addStatuses(wire(cell.status()));
      columns.get(i).add(WireValues.toWire(plan.outputs().get(i).type(), cell.value()));
      counts.add(cell.status());
    }
  }

  private GetFeaturesResponse.Builder columns() {
    GetFeaturesResponse.Builder response = GetFeaturesResponse.newBuilder();
    for (int i = 0; i < features.size(); i++) {
      response.addFeatures(features.get(i).setColumn(columns.get(i).build()));
    }
    for (int read = 0; read < plan.reads().size(); read++) {
      response.addViews(view(read));
    }
    return response;
  }

  private ViewColumn view(int at) {
    Read read = plan.reads().get(at);
    ViewColumn.Builder view = ViewColumn.newBuilder().setMarker(wire(answer.marker(at)));
    if (named) {
      view.setRole(read.role().name()).setView(read.view().id().name());
      view.setVersion(read.view().id().version());
    }
    for (int row = 0; row < answer.query().rows(); row++) {
      EntityAnswer entity = answer.at(at, row);
      view.addEventTimeMicros(entity.eventTime());
      view.addAgeMicros(entity.age());
      view.addStatuses(wire(entity.answer().status()));
      if (entity.inFlight()) {
        view.addInFlight(row);
      }
    }
    return view.build();
  }

  private static Marker wire(dev.plumbline.timeline.Marker marker) {
    return Marker.newBuilder()
        .setCreatedAtMicros(marker.createdAt())
        .setRefreshMicros(marker.refresh())
        .setPublishedAtMicros(marker.publishedAt())
        .build();
  }

  private static dev.plumbline.serving.v1.Status wire(Status status) {
    return switch (status) {
      case PRESENT -> dev.plumbline.serving.v1.Status.STATUS_PRESENT;
      case NULL -> dev.plumbline.serving.v1.Status.STATUS_NULL;
      case MISSING -> dev.plumbline.serving.v1.Status.STATUS_MISSING;
      case EXPIRED -> dev.plumbline.serving.v1.Status.STATUS_EXPIRED;
      case INVALID -> dev.plumbline.serving.v1.Status.STATUS_INVALID;
    };
  }
}
