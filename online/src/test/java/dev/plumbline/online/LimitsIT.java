package dev.plumbline.online;

import static dev.plumbline.online.Flights.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.client.ClientSettings;
import dev.plumbline.client.FeatureRequest;
import dev.plumbline.client.FeatureServerException;
import dev.plumbline.client.FeatureServerException.Code;
import dev.plumbline.client.FeatureVectors;
import dev.plumbline.client.PlumblineClient;
import dev.plumbline.serving.v1.FeatureServingGrpc;
import dev.plumbline.store.InMemoryOnlineStore;
import dev.plumbline.store.StoreUnavailableException;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server does not take on, and what becomes of calls that its store lets wait. */
@Timeout(60)
class LimitsIT {
  private static final ServingLimits SMALL = new ServingLimits(400, 3, 20_000, 1, 2);
  private static final FeatureRequest ONE = rows(1, "JFK");
  private static final FeatureRequest LARGE = rows(300, "x".repeat(50));

  private final HeldStore store = new HeldStore(new InMemoryOnlineStore(() -> NOW));
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private TestingServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestingServer.start(store, SMALL);
    Flights.publish(store, Flights.DEPARTURES);
  }

  @AfterEach
  void stop() {
    server.close();
    callers.shutdownNow();
  }

  @Test
  void noMoreCallsAreTakenThanAllowedAndThenOthersAgain() throws Exception {
    CompletableFuture<FeatureVectors> first = ask(ONE);
    CompletableFuture<FeatureVectors> second = ask(ONE);
    await(2);

    assertExhausted(
        ONE,
        "request: 2 calls are under way, and no more are taken (--max-calls); wait, and send fewer at a time");

    store.answerOne();
    store.answerOne();
    assertThat(first.join().rows()).isOne();
    assertThat(second.join().rows()).isOne();
    answerOne();
  }

  @Test
  void aLargeCallOfTooManyIsRefusedWhileASmallOneIsNot() throws Exception {
    CompletableFuture<FeatureVectors> large = ask(LARGE);
    await(1);

    assertExhausted(
        LARGE,
        "request: 1 calls of more than 8192 bytes are under way, and no more are taken (--max-large-calls); wait, and send fewer at a time");

    CompletableFuture<FeatureVectors> small = ask(ONE);
    store.answerOne();
    store.answerOne();
    assertThat(large.join().rows()).isEqualTo(300);
    assertThat(small.join().rows()).isOne();
  }

  @Test
  void refusedCallsDoNotCount() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(refused(rows(0, "")).code()).isEqualTo(Code.INVALID_ARGUMENT);
    }
    answerOne();
  }

  @Test
  void moreRowsThanAllowedAreRefused() {
    assertExhausted(
        rows(401, "JFK"),
        "entities.airport.code: has 401 rows (expected: at most 400, --max-rows); send them in several calls");
  }

  @Test
  void moreReferencesThanAllowedAreRefused() {
    assertExhausted(
        FeatureRequest.references(Collections.nCopies(4, "airport:flights_1d@1")),
        "features.references: has 4 references (expected: at most 3, --max-references); send them in several calls");
  }

  @Test
  void aLongerRequestThanAllowedIsRefusedUnread() throws Exception {
    FeatureServerException refused = refused(rows(400, "x".repeat(60)));

    assertThat(refused.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(refused).hasMessageContaining("exceeds maximum size 20000");
    server.awaitCounted("RESOURCE_EXHAUSTED", 1);
  }

  @Test
  void aCallerWhoDoesNotWaitIsToldSo() throws Exception {
    answerOne(); // the first call of a process takes long
    ClientSettings hasty =
        ClientSettings.of(server.target()).withDeadline(Duration.ofMillis(300)).withAttempts(1);
    try (PlumblineClient client = PlumblineClient.connect(hasty)) {
      FeatureServerException refused =
          catchThrowableOfType(FeatureServerException.class, () -> client.get(ONE));

      assertThat(refused.code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    }
    store.answerOne();
    answerOne();
    answerOne();
    // a server that was slow to see the call may also be slow to see that its deadline is over
    server.awaitCounted("(DEADLINE_EXCEEDED|CANCELLED)", 1);
    server.awaitCounted("OK", 3);
  }

  @Test
  void aCallerWhoGivesUpIsCountedAndSoIsAStoreThatFailsHimThen() throws Exception {
    ManagedChannel channel = NettyChannelBuilder.forTarget(server.target()).usePlaintext().build();
    try {
      Future<?> call = FeatureServingGrpc.newFutureStub(channel).getFeatures(ONE.message());
      await(1);
      call.cancel(true);
      server.awaitCounted("CANCELLED", 1);

      store.failOne(new StoreUnavailableException("no answer", new TimeoutException()));

      assertThat(server.metrics())
          .contains("plumbline_store_errors_total 1.0")
          .doesNotContain("code=\"UNAVAILABLE\"");
      server.awaitCounted("CANCELLED", 1);
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void aBugOfOursIsInternalAndSaysWhereToLook() throws Exception {
    CompletableFuture<FeatureVectors> failing = ask(ONE.requestId("call-7"));
    store.failOne(new IllegalStateException("secret of the house"));

    FeatureServerException refused =
        catchThrowableOfType(
            FeatureServerException.class,
            () -> {
              try {
                failing.join();
              } catch (java.util.concurrent.CompletionException e) {
                throw e.getCause();
              }
            });

    assertThat(refused.code()).isEqualTo(Code.INTERNAL);
    assertThat(refused)
        .hasMessage("unexpected failure; the server's log says more under request id call-7");
  }

  private void answerOne() throws InterruptedException {
    CompletableFuture<FeatureVectors> asking = ask(ONE);
    store.answerOne();
    assertThat(asking.join().rows()).isOne();
  }

  private CompletableFuture<FeatureVectors> ask(FeatureRequest request) {
    return CompletableFuture.supplyAsync(() -> server.client().get(request), callers);
  }

  private void await(int reads) throws InterruptedException {
    while (store.waiting() < reads) {
      Thread.sleep(5);
    }
  }

  private void assertExhausted(FeatureRequest request, String message) {
    FeatureServerException refused = refused(request);

    assertThat(refused).hasMessage(message);
    assertThat(refused.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
  }

  private FeatureServerException refused(FeatureRequest request) {
    return catchThrowableOfType(FeatureServerException.class, () -> server.client().get(request));
  }

  private static FeatureRequest rows(int rows, String code) {
    return FeatureRequest.references(List.of("airport:flights_1d@1"))
        .entities("airport", "code", Collections.nCopies(rows, code));
  }
}
