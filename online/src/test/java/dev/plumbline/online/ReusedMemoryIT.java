package dev.plumbline.online;

import static dev.plumbline.online.Flights.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.client.FeatureRequest;
import dev.plumbline.client.FeatureServerException;
import dev.plumbline.client.FeatureServerException.Code;
import dev.plumbline.client.FeatureVectors;
import dev.plumbline.store.InMemoryOnlineStore;
import dev.plumbline.store.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** By calls one after the other: those that read have all the same memory to read into. */
@Timeout(60)
class ReusedMemoryIT {
  private static final FeatureRequest ONE = of("airport:flights_1d@1", "code");

  private final HeldStore held = new HeldStore(new InMemoryOnlineStore(() -> NOW));
  private final RecordingStore store = new RecordingStore(held);
  private TestingServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestingServer.start(store);
    Flights.publish(store, Flights.DEPARTURES);
    answer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void thatOfARefusedCallIsUsedAgain() throws Exception {
    assertThat(refused(of("airport:flights_1d@1", "kode"))).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refused(FeatureRequest.service("another"))).isEqualTo(Code.NOT_FOUND);

    answer();

    assertThat(store.batches()).hasSize(2).containsOnly(store.batches().get(0));
  }

  @Test
  void thatOfACallThatFailsAfterItsReadIsUsedAgain() throws Exception {
    CompletableFuture<Code> unloaded =
        CompletableFuture.supplyAsync(() -> refused(of("airport:flights_1d@2", "code")));
    held.answerOne();
    assertThat(unloaded.join()).isEqualTo(Code.UNAVAILABLE);

    answer();

    assertThat(store.batches()).hasSize(3).containsOnly(store.batches().get(0));
  }

  @Test
  void thatOfAReadThatFailsIsNot() throws Exception {
    CompletableFuture<FeatureVectors> failing = ask();
    held.failOne(new StoreUnavailableException("no answer", new TimeoutException()));
    assertThat(catchThrowable(failing::join)).hasMessageContaining("no answer");

    answer();

    assertThat(store.batches()).hasSize(3);
    assertThat(store.batches().get(2)).isNotSameAs(store.batches().get(1));
  }

  private void answer() throws InterruptedException {
    CompletableFuture<FeatureVectors> asking = ask();
    held.answerOne();
    assertThat(asking.join().rows()).isOne();
  }

  private CompletableFuture<FeatureVectors> ask() {
    return CompletableFuture.supplyAsync(() -> server.client().get(ONE));
  }

  private Code refused(FeatureRequest request) {
    return catchThrowableOfType(FeatureServerException.class, () -> server.client().get(request))
        .code();
  }

  private static FeatureRequest of(String reference, String key) {
    return FeatureRequest.references(List.of(reference)).entities("airport", key, List.of("JFK"));
  }
}
