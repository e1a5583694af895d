package dev.plumbline.online;

import dev.plumbline.online.Lanes.Lane;
import dev.plumbline.serving.v1.DescribeFeatureServiceRequest;
import dev.plumbline.serving.v1.DescribeFeatureServiceResponse;
import dev.plumbline.serving.v1.FeatureList;
import dev.plumbline.serving.v1.FeatureServingGrpc;
import dev.plumbline.serving.v1.GetFeaturesRequest;
import dev.plumbline.serving.v1.GetFeaturesResponse;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.Reading;
import dev.plumbline.type.Micros;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers calls. Nothing here blocks: a call goes on in its lane when the store has answered. */
final class FeatureServingEndpoint extends FeatureServingGrpc.FeatureServingImplBase {
  private final RevisionWatcher models;
  private final OnlineStore store;
  private final InstantSource clock;
  private final ServerMetrics metrics;
  private final Lanes lanes;
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

  @Override
  public void getFeatures(
      GetFeaturesRequest request, StreamObserver<GetFeaturesResponse> observer) {
    Call<GetFeaturesResponse> call = Call.begin(request.getRequestId(), observer);
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

  private void lookUp(GetFeaturesRequest request, Call<GetFeaturesResponse> call, Lane lane) {
    ServingModel model =
        request.hasRegistryRevision() ? models.pinned(request.getRegistryRevision()) : models.get();
    FeatureQuery query = QueryReader.read(plan(request, model), request, limits.rows());
    LookupBatch batch = LookupBatch.of(query);
    // Before the read: whatever was published until this instant will be seen by it.
    long now = Micros.of(clock.instant());
    var unused =
        store
            .read(batch.lookups())
            .whenCompleteAsync(
                (readings, failure) -> {
                  try {
                    call.attempt(
                        () -> {
                          List<Reading> found = orThrow(readings, failure);
                          QueryAnswer answer = QueryAnswer.of(query, batch, found, now);
                          answer(request, call, answer, model.fingerprint());
                        });
                  } finally {
                    lane.leave();
                  }
                },
                lane);
  }

  private List<Reading> orThrow(List<Reading> readings, @Nullable Throwable failure)
      throws Throwable {
    if (failure != null) {
      metrics.storeFailed();
      throw failure;
    }
    return readings;
  }

  private void answer(
      GetFeaturesRequest request,
      Call<GetFeaturesResponse> call,
      QueryAnswer answer,
      String fingerprint) {
    Reply.Written reply = Reply.write(answer, request, fingerprint, call.id());
    metrics.answered(answer.query().rows(), reply.counts());
    call.answer(reply.response());
  }

  @Override
  public void describeFeatureService(
      DescribeFeatureServiceRequest request,
      StreamObserver<DescribeFeatureServiceResponse> observer) {
    Call<DescribeFeatureServiceResponse> call = Call.begin("", observer);
    call.attempt(
        () -> {
          ServingModel model =
              request.hasRegistryRevision()
                  ? models.pinned(request.getRegistryRevision())
                  : models.get();
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
