package dev.plumbline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.client.FeatureServerException.Code;
import dev.plumbline.serving.v1.FeatureColumn;
import dev.plumbline.serving.v1.FeatureServingGrpc.FeatureServingImplBase;
import dev.plumbline.serving.v1.GetFeaturesRequest;
import dev.plumbline.serving.v1.GetFeaturesResponse;
import dev.plumbline.wire.ColumnWriter;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlumblineClientIT {
  private static final FeatureRequest REQUEST = FeatureRequest.service("s");

  /** Fails as often as it is told to, then answers with one value; or never. */
  private static final class ScriptedServer extends FeatureServingImplBase {
    private final Queue<Status> failures = new ConcurrentLinkedQueue<>();
    private boolean silent;

    @Override
    public void getFeatures(
        GetFeaturesRequest request, StreamObserver<GetFeaturesResponse> observer) {
      Status failure = failures.poll();
      if (failure != null) {
        observer.onError(failure.asRuntimeException());
      } else if (!silent) {
        observer.onNext(answer());
        observer.onCompleted();
      }
    }

    private static GetFeaturesResponse answer() {
      return GetFeaturesResponse.newBuilder()
          .addFeatures(
              FeatureColumn.newBuilder()
                  .setName("airport:flights_1d@1")
                  .addStatuses(dev.plumbline.serving.v1.Status.STATUS_PRESENT)
                  .addStatusesValue(99)
                  .setColumn(ColumnWriter.of("bigint").addAll(List.of(7L, 8L)).build()))
          .build();
    }
  }

  private final ScriptedServer script = new ScriptedServer();
  private Server server;

  @BeforeEach
  void start() throws Exception {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .addService(script)
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  @Test
  void asksAgainWhileTheServerIsUnavailable() {
    script.failures.addAll(List.of(Status.UNAVAILABLE, Status.UNAVAILABLE, Status.UNAVAILABLE));

    try (PlumblineClient client = PlumblineClient.connect(settings())) {
      assertThat(client.get(REQUEST).rows()).isEqualTo(2);
    }
  }

  @Test
  void doesNotAskAgainForWhatWillFailAgain() {
    script.failures.add(Status.INVALID_ARGUMENT.withDescription("entities.airport: is missing"));

    FeatureServerException refused = refused(settings());

    assertThat(refused.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refused).hasMessageEndingWith("entities.airport: is missing");
  }

  @Test
  void aStatusOfANewerServerIsNoValue() {
    try (PlumblineClient client = PlumblineClient.connect(settings())) {
      assertThat(client.get(REQUEST).feature("airport:flights_1d@1").statuses())
          .containsExactly(
              dev.plumbline.client.Status.PRESENT, dev.plumbline.client.Status.INVALID);
    }
  }

  @Test
  void waitsNoLongerThanItsDeadline() {
    script.silent = true;

    FeatureServerException refused = refused(settings().withDeadline(Duration.ofMillis(200)));

    assertThat(refused.code()).isEqualTo(Code.DEADLINE_EXCEEDED);
  }

  @Test
  void namesAServerThatCannotBeReached() {
    ClientSettings settings = settings().withAttempts(1);
    server.shutdownNow();

    FeatureServerException refused = refused(settings);

    assertThat(refused.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(refused).hasMessageContaining(settings.target());
    assertThat(refused.requestId()).isEmpty();
  }

  private ClientSettings settings() {
    return ClientSettings.of("127.0.0.1:" + server.getPort());
  }

  private static FeatureServerException refused(ClientSettings settings) {
    try (PlumblineClient client = PlumblineClient.connect(settings)) {
      return catchThrowableOfType(FeatureServerException.class, () -> client.get(REQUEST));
    }
  }
}
