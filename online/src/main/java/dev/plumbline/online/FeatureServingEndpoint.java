package dev.plumbline.online;

import dev.plumbline.online.Lanes.Lane;
import dev.plumbline.serving.v1.DescribeFeatureServiceRequest;
import dev.plumbline.serving.v1.DescribeFeatureServiceResponse;
import dev.plumbline.serving.v1.FeatureList;
import dev.plumbline.serving.v1.FeatureServingGrpc;
import dev.plumbline.serving.v1.GetFeaturesRequest;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.ReadBatch;
import dev.plumbline.type.Micros;
import dev.plumbline.wire.BackwardsWriter;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;

/** Answers calls. Nothing here blocks: a call goes on in its lane when the store has answered. */
final class FeatureServingEndpoint {
  private final RevisionWatcher models;
  private final OnlineStore store;
  private final InstantSource clock;
  private final ServerMetrics metrics;
  private final Lanes lanes;
  private final Pool<ReadBatch> batches = new Pool<>(ReadBatch::new, ReadBatch::room);
  private final Pool<ReplyWriter> writers = new Pool<>(ReplyWriter::new, ReplyWriter::room);
  private final ServingLimits limits;

  /** An endpoint that serves whatever model is the newest, or the one that a request names. */
  FeatureServingEndpoint(
      RevisionWatcher models,
      OnlineStore store,
      InstantSource clock,
      ServerMetrics metrics,
      Lanes lanes,
      ServingLimits limits) {
    this.models = models;
    this.store = store;
    this.clock = clock;
    this.metrics = metrics;
    this.lanes = lanes;
    this.limits = limits;
  }

  /** The service, whose replies are bytes and not messages. */
  ServerServiceDefinition service() {
    MethodDescriptor<GetFeaturesRequest, Reply> get =
        FeatureServingGrpc.getGetFeaturesMethod().toBuilder(
                FeatureServingGrpc.getGetFeaturesMethod().getRequestMarshaller(),
                new Reply.Marshaller())
            .build();
    var describe = FeatureServingGrpc.getDescribeFeatureServiceMethod();
    ServiceDescriptor service =
        ServiceDescriptor.newBuilder(FeatureServingGrpc.SERVICE_NAME)
            .setSchemaDescriptor(FeatureServingGrpc.getServiceDescriptor().getSchemaDescriptor())
            .addMethod(get)
            .addMethod(describe)
            .build();
    return ServerServiceDefinition.builder(service)
        .addMethod(get, ServerCalls.asyncUnaryCall(this::getFeatures))
        .addMethod(describe, ServerCalls.asyncUnaryCall(this::describeFeatureService))
        .build();
  }

  private void getFeatures(GetFeaturesRequest request, StreamObserver<Reply> observer) {
    Call<Reply> call = Call.begin(request.getRequestId(), observer);
    call.attempt(
        () -> {
          Lane lane = lanes.enter(request.getSerializedSize());
          lane.execute(
              () -> {
                if (!call.attempt(() -> lookUp(request, call, lane))) {
                  lane.leave();
                }
              });
        });
  }

  private void lookUp(GetFeaturesRequest request, Call<Reply> call, Lane lane) {
    ServingModel model =
        request.hasRegistryRevision()
            ? models.pinned(request.getRegistryRevision())
            : models.newest();
    PreparedPlan plan = plan(request, model);
    ReadBatch batch = batches.take();
    FeatureQuery query = query(plan, request, batch);
    // Before the read: whatever was published until this instant will be seen by it.
    long now = Micros.of(clock.instant());
    var unused =
        store
            .read(batch)
            .whenCompleteAsync(
                (found, failure) -> {
                  try {
                    if (failure == null) {
                      call.attempt(() -> answer(request, call, query, batch, now, model));
                      batches.giveBack(batch);
                    } else {
                      // Not given back if the read failed: the store may still write to it.
                      metrics.storeFailed();
                      call.fail(failure);
                    }
                  } finally {
                    lane.leave();
                  }
                },
                lane);
  }

  private FeatureQuery query(PreparedPlan plan, GetFeaturesRequest request, ReadBatch batch) {
    try {
      return QueryReader.read(plan, request, limits.rows(), batch);
    } catch (RuntimeException e) {
      batches.giveBack(batch);
      throw e;
    }
  }

  private void answer(
      GetFeaturesRequest request,
      Call<Reply> call,
      FeatureQuery query,
      ReadBatch batch,
      long now,
      ServingModel model) {
    ReplyWriter writer = writers.take();
    try {
      BackwardsWriter written =
          writer.write(
              query, batch, now, !request.getOmitNames(), model.fingerprintBytes(), call.id());
      metrics.answered(query.rows(), writer);
      call.answer(Reply.in(written));
    } finally {
      writers.giveBack(writer);
    }
  }

  private void describeFeatureService(
      DescribeFeatureServiceRequest request,
      StreamObserver<DescribeFeatureServiceResponse> observer) {
    Call<DescribeFeatureServiceResponse> call = Call.begin("", observer);
    call.attempt(
        () -> {
          ServingModel model =
              request.hasRegistryRevision()
                  ? models.pinned(request.getRegistryRevision())
                  : models.newest();
          PreparedPlan plan =
              switch (request.getWhatCase()) {
                case FEATURE_SERVICE -> model.service(request.getFeatureService());
                case FEATURES -> references(request.getFeatures(), model);
                case WHAT_NOT_SET -> throw nothingAsked();
              };
          call.answer(Description.of(plan, model.fingerprint()));
        });
  }

  private PreparedPlan plan(GetFeaturesRequest request, ServingModel model) {
    return switch (request.getWhatCase()) {
      case FEATURE_SERVICE -> model.service(request.getFeatureService());
      case FEATURES -> references(request.getFeatures(), model);
      case WHAT_NOT_SET -> throw nothingAsked();
    };
  }

  private PreparedPlan references(FeatureList list, ServingModel model) {
    return model.references(
        References.read(list.getReferencesList(), model.revision(), limits.references()));
  }

  private static CallException nothingAsked() {
    return new CallException.Invalid(
        "what", "is not set (expected: feature_service, or features with references)");
  }
}
