package dev.plumbline.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.load.OpenLoop.Schedule;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoopsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ScheduledExecutorService server = Executors.newScheduledThreadPool(2);
  private final ExecutorService single = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    server.shutdownNow();
    single.shutdownNow();
  }

  @Test
  void aClosedLoopKeepsEachCallerAtOneCall() throws InterruptedException {
    LoadResult result =
        ClosedLoop.run(Collections.nCopies(4, answeringAfter(10)), Duration.ofMillis(500));

    assertThat(result.seconds()).isBetween(0.5, 1.5);
    assertThat(result.replies()).isBetween(20L, 200L);
    assertThat(result.replyBytes()).isEqualTo(3 * result.replies());
    assertThat(result.bytesPerReply()).isEqualTo(3);
    assertThat(result.micros(50)).isGreaterThan(9_000);
    assertThat(result.failures()).isEmpty();
  }

  @Test
  void inAClosedLoopAFailureEndsItsCaller() throws InterruptedException {
    Caller refused = outcome -> single.execute(() -> outcome.failed("UNAVAILABLE"));

    LoadResult result = ClosedLoop.run(List.of(refused, refused), Duration.ofSeconds(30));

    assertThat(result.failures()).isEqualTo(Map.of("UNAVAILABLE", 2L));
    assertThat(result.seconds()).isLessThan(10);
    assertThat(result.replies()).isZero();
  }

  @Test
  void anOpenLoopBeginsAsManyCallsAsAreDue() throws InterruptedException {
    LoadResult result =
        OpenLoop.run(
            List.of(answeringAfter(1), answeringAfter(1)),
            new Schedule(1_000, Duration.ofMillis(500), PATIENCE));

    assertThat(result.replies()).isEqualTo(500);
    assertThat(result.seconds()).isEqualTo(0.5);
    assertThat(result.goodput()).isEqualTo(1_000);
  }

  @Test
  void anOpenLoopCountsFromWhereACallWasDue() throws InterruptedException {
    // 100 calls are due within 0.1 s, of which each takes 10 ms of the only thread: the last ends
    // after 1 s
    Caller busy =
        outcome ->
            single.execute(
                () -> {
                  busyFor(10);
                  outcome.replied(0);
                });

    LoadResult result =
        OpenLoop.run(List.of(busy), new Schedule(1_000, Duration.ofMillis(100), PATIENCE));

    assertThat(result.micros(100)).isGreaterThan(850_000);
    assertThat(result.micros(50)).isBetween(400_000.0, 2_000_000.0);
  }

  @Test
  void tellsCallsWithoutAnswer() throws InterruptedException {
    LoadResult result =
        OpenLoop.run(
            List.of(outcome -> {}),
            new Schedule(100, Duration.ofMillis(100), Duration.ofMillis(50)));

    assertThat(result.failures()).isEqualTo(Map.of(ClosedLoop.UNANSWERED, 10L));
    assertThat(result.failed()).isEqualTo(10);
  }

  @Test
  void aRateIsPositive() {
    assertThatThrownBy(() -> new Schedule(0, PATIENCE, PATIENCE))
        .hasMessage("a rate of 0.0 calls a second (expected: more than 0)");
  }

  private Caller answeringAfter(long millis) {
    return outcome -> {
      var unused = server.schedule(() -> outcome.replied(3), millis, TimeUnit.MILLISECONDS);
    };
  }

  private static void busyFor(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
