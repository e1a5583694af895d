package dev.plumbline.online;

import static dev.plumbline.online.Flights.DEPARTURES;
import static dev.plumbline.online.Flights.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.client.FeatureRequest;
import dev.plumbline.client.FeatureServerException;
import dev.plumbline.client.FeatureServerException.Code;
import dev.plumbline.client.FeatureVectors;
import dev.plumbline.client.FeatureVectors.Feature;
import dev.plumbline.client.ServiceDescription;
import dev.plumbline.client.ServiceDescription.Field;
import dev.plumbline.client.ServiceDescription.Role;
import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureService;
import dev.plumbline.serving.v1.FeatureServingGrpc;
import dev.plumbline.store.InMemoryOnlineStore;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineStore.PublishedRevision;
import dev.plumbline.store.StoreUnavailableException;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RevisionsIT {
  private static final FeatureRequest ONE =
      FeatureRequest.service("one").entities("airport", "code", List.of("JFK"));

  private final InMemoryOnlineStore store = new InMemoryOnlineStore(() -> NOW);

  @Test
  void waitsForARevisionAndSaysWhatToDo() throws Exception {
    Flights.publish(store, Flights.views());
    try (TestingServer server = TestingServer.startBare(store, NOW)) {
      assertThat(server.health("")).isEqualTo(ServingStatus.NOT_SERVING);
      assertThat(refused(server).code()).isEqualTo(Code.UNAVAILABLE);
      assertThat(refused(server))
          .hasMessage(
              "no registry revision of project 'flights' is published in the online store; run `plumb apply`");

      TestingServer.publish(store, "r1", Flights.revision(service("one", 1)));

      TestingServer.await("a revision", () -> server.health("") == ServingStatus.SERVING);
      assertThat(server.health(FeatureServingGrpc.SERVICE_NAME)).isEqualTo(ServingStatus.SERVING);
      assertThat(server.client().get(ONE).registryRevision()).isEqualTo("r1");
    }
  }

  @Test
  void aRevisionThatCannotBeServedLeavesTheLastGoodOne() throws Exception {
    Flights.publish(store, Flights.views());
    TestingServer.publish(store, "r1", Flights.revision(service("one", 1)));
    try (TestingServer server = TestingServer.startBare(store, NOW)) {
      assertThat(server.metrics()).contains("plumbline_revision_current 1");

      store.publishRevision(Flights.PROJECT, new PublishedRevision("r2", "{\"format\":\"?\"}"));

      server.awaitRevision(ServingStatus.NOT_SERVING);
      assertThat(server.health("")).isEqualTo(ServingStatus.SERVING);
      assertThat(server.client().get(ONE).registryRevision()).isEqualTo("r1");
      assertThat(server.metrics())
          .contains("plumbline_revision_current 0", "plumbline_revision_errors_total 1");

      TestingServer.publish(store, "r3", Flights.revision(service("one", 1)));

      server.awaitRevision(ServingStatus.SERVING);
      assertThat(server.client().get(ONE).registryRevision()).isEqualTo("r3");
      assertThat(server.metrics())
          .contains("plumbline_revision_current 1", "plumbline_revision{fingerprint=\"r3\"} 1")
          .doesNotContain("fingerprint=\"r1\"");
    }
  }

  @Test
  void aRevisionThatIsGoneLeavesTheLastGoodOneAndIsSaid() throws Exception {
    Flights.publish(store, Flights.views());
    TestingServer.publish(store, "r1", Flights.revision(service("one", 1)));
    FailingRevisions failing = new FailingRevisions(store);
    try (TestingServer server = TestingServer.startBare(failing, NOW)) {
      failing.answers = CompletableFuture.completedFuture(Optional.empty());

      server.awaitRevision(ServingStatus.NOT_SERVING);
      assertThat(server.health("")).isEqualTo(ServingStatus.SERVING);
      assertThat(server.client().get(ONE).registryRevision()).isEqualTo("r1");
      assertThat(server.metrics())
          .contains("plumbline_revision_current 0", "plumbline_revision{fingerprint=\"r1\"} 1");

      failing.answers = null;

      server.awaitRevision(ServingStatus.SERVING);
      assertThat(server.metrics()).contains("plumbline_revision_current 1");
    }
  }

  @Test
  void aStoreThatIsAwaySaysNothingOfItsRevision() throws Exception {
    TestingServer.publish(store, "r1", Flights.revision(service("one", 1)));
    FailingRevisions failing = new FailingRevisions(store);
    try (TestingServer server = TestingServer.startBare(failing, NOW)) {
      failing.answers =
          CompletableFuture.failedFuture(
              new StoreUnavailableException("no answer", new TimeoutException()));
      int looks = failing.looks.get();

      TestingServer.await("two looks", () -> failing.looks.get() > looks + 1);

      assertThat(server.health(FeatureServer.REVISION_HEALTH)).isEqualTo(ServingStatus.SERVING);
      assertThat(server.metrics()).contains("plumbline_revision_current 1");
    }
  }

  /** A store that answers as it is told to when it is asked for the revision. */
  private static final class FailingRevisions extends ForwardingStore {
    private final AtomicInteger looks = new AtomicInteger();
    private volatile @Nullable CompletableFuture<Optional<PublishedRevision>> answers;

    FailingRevisions(OnlineStore store) {
      super(store);
    }

    @Override
    public CompletionStage<Optional<PublishedRevision>> revision(String project) {
      looks.incrementAndGet();
      CompletableFuture<Optional<PublishedRevision>> told = answers;
      return told == null ? super.revision(project) : told;
    }
  }

  @Test
  void aCallMayNameTheRevisionServedOrTheOneBefore() throws Exception {
    Flights.publish(store, Flights.views());
    Flights.put(store, DEPARTURES, List.of("JFK"), 1L);
    Flights.put(store, Flights.DEPARTURES_2, List.of("JFK"), 2L);
    TestingServer.publish(store, "r1", Flights.revision(service("one", 1)));
    try (TestingServer server = TestingServer.startBare(store, NOW)) {
      for (int version : List.of(2, 1)) {
        String fingerprint = version == 2 ? "r2" : "r3";
        TestingServer.publish(store, fingerprint, Flights.revision(service("one", version)));
        TestingServer.await(
            fingerprint, () -> server.client().get(ONE).registryRevision().equals(fingerprint));
      }

      assertThat(server.client().get(ONE.registryRevision("r3")).features())
          .extracting(Feature::name)
          .containsExactly("airport:flights_1d@1");
      FeatureVectors before = server.client().get(ONE.registryRevision("r2"));
      assertThat(before.registryRevision()).isEqualTo("r2");
      assertThat(before.feature("airport:flights_1d@2").values()).containsExactly(2L);
      FeatureServerException refused =
          catchThrowableOfType(
              FeatureServerException.class, () -> server.client().get(ONE.registryRevision("r1")));
      assertThat(refused.code()).isEqualTo(Code.NOT_FOUND);
      assertThat(refused)
          .hasMessage(
              "registry_revision: 'r1' is not served (expected: r3, or the last one before it, r2); name one of these, or none");
    }
  }

  @Test
  void noReplyMixesTwoRevisions() throws Exception {
    Flights.publish(store, Flights.views());
    Flights.put(store, DEPARTURES, List.of("JFK"), 1L);
    Flights.put(store, Flights.DEPARTURES_2, List.of("JFK"), 2L);
    TestingServer.publish(store, "r1", Flights.revision(service("one", 1)));
    ExecutorService callers = Executors.newFixedThreadPool(4);
    AtomicBoolean done = new AtomicBoolean();
    try (TestingServer server = TestingServer.startBare(store, NOW)) {
      List<CompletableFuture<Void>> running =
          IntStream.range(0, 4)
              .mapToObj(i -> CompletableFuture.runAsync(() -> ask(server, done), callers))
              .toList();
      for (int version : List.of(2, 1, 2)) {
        TestingServer.publish(store, "r" + version, Flights.revision(service("one", version)));
        TestingServer.await(
            "r" + version, () -> server.client().get(ONE).registryRevision().equals("r" + version));
      }
      done.set(true);
      running.forEach(CompletableFuture::join);
    } finally {
      done.set(true);
      callers.shutdownNow();
    }
  }

  private static void ask(TestingServer server, AtomicBoolean done) {
    while (!done.get()) {
      FeatureVectors vectors = server.client().get(ONE);
      long version = vectors.registryRevision().equals("r1") ? 1 : 2;
      assertThat(vectors.feature("airport:flights_1d@" + version).values())
          .containsExactly(version);
    }
  }

  @Test
  void describesAServiceAndAListOfReferences() throws Exception {
    try (TestingServer server = TestingServer.start(store)) {
      ServiceDescription service = server.client().describe("delay_model");
      ServiceDescription list = server.client().describe(List.of("airport:flights_1d@1"));

      List<Field> code = List.of(new Field("code", "string"));
      List<Field> route =
          List.of(new Field("origin", "string"), new Field("destination", "string"));
      assertThat(service.roles())
          .containsExactly(
              new Role("origin", "airport", code),
              new Role("destination", "airport", code),
              new Role("route", "route", route));
      assertThat(service.requestValues()).containsExactly(new Field("minutes", "int"));
      assertThat(service.features())
          .hasSize(5)
          .contains(new Field("destination:flights_1d@1", "bigint"));
      assertThat(list.roles()).containsExactly(new Role("airport", "airport", code));
    }
  }

  @Test
  void aReaderOfReflectionFindsTheServices() throws Exception {
    try (TestingServer server = TestingServer.start(store)) {
      ManagedChannel channel =
          NettyChannelBuilder.forTarget(server.target()).usePlaintext().build();
      CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
      ServerReflectionRequest list =
          ServerReflectionRequest.newBuilder().setListServices("").build();

      StreamObserver<ServerReflectionRequest> asking =
          ServerReflectionGrpc.newStub(channel).serverReflectionInfo(new First<>(answer));
      asking.onNext(list);

      assertThat(answer.get(10, TimeUnit.SECONDS).getListServicesResponse().getServiceList())
          .extracting(ServiceResponse::getName)
          .contains(FeatureServingGrpc.SERVICE_NAME, HealthGrpc.SERVICE_NAME);
      channel.shutdownNow();
    }
  }

  /** The first answer of a stream. */
  private record First<T>(CompletableFuture<T> answer) implements StreamObserver<T> {
    @Override
    public void onNext(T value) {
      answer.complete(value);
    }

    @Override
    public void onError(Throwable failure) {
      answer.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {}
  }

  @Test
  void countsCallsRowsAndStatuses() throws Exception {
    Flights.publish(store, Flights.views());
    TestingServer.publish(store, "r1", Flights.revision(service("one", 1)));
    try (TestingServer server = TestingServer.startBare(store, NOW)) {
      server.client().get(ONE);
      catchThrowableOfType(
          FeatureServerException.class,
          () -> server.client().get(FeatureRequest.service("another")));

      server.awaitCounted("OK", 1);
      server.awaitCounted("NOT_FOUND", 1);
      assertThat(server.metrics())
          .contains(
              "plumbline_values_total{status=\"missing\"} 1.0",
              "plumbline_rows_sum 1.0",
              "plumbline_store_errors_total 0.0");
    }
  }

  private static FeatureService service(String name, int version) {
    return new FeatureService(
        name,
        Map.of("airport", "airport"),
        List.of(new FeatureRef("airport", "flights_1d", version)),
        Map.of());
  }

  private static FeatureServerException refused(TestingServer server) {
    return catchThrowableOfType(FeatureServerException.class, () -> server.client().get(ONE));
  }
}
