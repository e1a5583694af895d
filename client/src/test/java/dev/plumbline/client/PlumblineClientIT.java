package dev.plumbline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.client.ClientSettings.Disconnected;
import dev.plumbline.client.FeatureServerException.Code;
import dev.plumbline.serving.v1.FeatureColumn;
import dev.plumbline.serving.v1.FeatureServingGrpc.FeatureServingImplBase;
import dev.plumbline.serving.v1.GetFeaturesRequest;
import dev.plumbline.serving.v1.GetFeaturesResponse;
import dev.plumbline.wire.ColumnWriter;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlumblineClientIT {
  private static final FeatureRequest REQUEST = FeatureRequest.service("s");

  /** Fails as often as it is told to, then answers with one value; or never. */
  private static final class ScriptedServer extends FeatureServingImplBase {
    private final Queue<Status> failures = new ConcurrentLinkedQueue<>();
    private boolean silent;
    private volatile boolean inVain;

    @Override
    public void getFeatures(
        GetFeaturesRequest request, StreamObserver<GetFeaturesResponse> observer) {
      Status failure = failures.poll();
      if (failure != null) {
        observer.onError(failure.asRuntimeException(trailers()));
      } else if (!silent) {
        observer.onNext(answer());
        observer.onCompleted();
      }
    }

    private Metadata trailers() {
      Metadata trailers = new Metadata();
      if (inVain) {
        trailers.put(
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER), "-1");
      }
      return trailers;
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
    server = start(0);
  }

  private Server start(int port) throws IOException {
    return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
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
  void asksNoMoreThanFourTimes() {
    script.failures.addAll(Collections.nCopies(5, Status.UNAVAILABLE));

    assertThat(refused(settings()).code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(script.failures).hasSize(1);
  }

  @Test
  void doesNotAskAgainWhereTheServerSaysThatItIsInVain() {
    script.inVain = true;
    script.failures.addAll(List.of(Status.UNAVAILABLE, Status.UNAVAILABLE));

    assertThat(refused(settings()).code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(script.failures).hasSize(1);
  }

  /** By calls one after the other, while the server is away for most of a second, twice. */
  @Test
  void waitsIfToldToForAServerThatIsStartedAgain() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger answered = new AtomicInteger();
    ClientSettings patient = settings().withDisconnected(Disconnected.WAIT);
    try (PlumblineClient client = PlumblineClient.connect(patient)) {
      CompletableFuture<Void> calls =
          CompletableFuture.runAsync(
              () -> {
                while (!done.get()) {
                  assertThat(client.get(REQUEST).rows()).isEqualTo(2);
                  answered.incrementAndGet();
                }
              });
      for (int times = 0; times < 2; times++) {
        awaitMore(answered, calls);
        int port = server.getPort();
        server.shutdownNow().awaitTermination();
        Thread.sleep(700);
        server = start(port);
        awaitMore(answered, calls);
      }
      done.set(true);
      calls.join();
    }
  }

  /** Waits for calls that began after this one was asked for. */
  private static void awaitMore(AtomicInteger answered, CompletableFuture<Void> calls)
      throws InterruptedException {
    int enough = answered.get() + 10;
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (answered.get() < enough && !calls.isDone() && System.nanoTime() < until) {
      Thread.sleep(5);
    }
    if (calls.isDone()) {
      calls.join();
    }
    assertThat(answered.get()).isGreaterThanOrEqualTo(enough);
  }

  @Test
  void findsAServerAgainThatWasLongAway() throws Exception {
    int port = server.getPort();
    ClientSettings settings = settings();
    try (PlumblineClient client = PlumblineClient.connect(settings)) {
      assertThat(client.get(REQUEST).rows()).isEqualTo(2);
      server.shutdownNow().awaitTermination();
      long away = System.nanoTime();
      while (System.nanoTime() - away < Duration.ofSeconds(4).toNanos()) {
        long began = System.nanoTime();
        FeatureServerException refused =
            catchThrowableOfType(FeatureServerException.class, () -> client.get(REQUEST));
        assertThat(refused.code()).isEqualTo(Code.UNAVAILABLE);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
            .isLessThan(settings.deadline().dividedBy(2));
      }

      server = start(port);

      catchThrowable(() -> client.get(REQUEST)); // the one that finds that it is back
      assertThat(client.get(REQUEST).rows()).isEqualTo(2);
    }
  }

  @Test
  void whileMostCallsFailNoneIsAskedTwice() {
    ClientSettings settings = settings();
    try (PlumblineClient client = PlumblineClient.connect(settings)) {
      script.inVain = true;
      script.failures.addAll(Collections.nCopies(150, Status.UNAVAILABLE));
      while (!script.failures.isEmpty()) {
        catchThrowableOfType(FeatureServerException.class, () -> client.get(REQUEST));
      }
      script.inVain = false;
      script.failures.addAll(List.of(Status.UNAVAILABLE, Status.UNAVAILABLE));

      catchThrowableOfType(FeatureServerException.class, () -> client.get(REQUEST));

      assertThat(script.failures).hasSize(1);
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
