package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.store.OnlineStore.Lookup;
import dev.plumbline.store.Reading.Found.Present;
import dev.plumbline.store.local.EphemeralSentinels;
import dev.plumbline.timeline.Marker;
import dev.plumbline.type.Bytes;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a store says when the primary that its sentinels watch is killed. */
@Timeout(120)
@Tag("long")
class SentinelFaultsIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration FAILOVER = Duration.ofSeconds(20);
  private static final Marker FIRST = new Marker(1, 2, 3);
  private static final Marker SECOND = new Marker(11, 12, 13);

  private final OnlineView view = OnlineStoreContract.view("faults", 1);
  private final List<Bytes> keys =
      IntStream.range(0, 300).mapToObj(i -> OnlineStoreContract.key("airport" + i)).toList();

  private EphemeralSentinels sentinels;
  private RedisOnlineStore store;

  @BeforeEach
  void start() {
    sentinels = EphemeralSentinels.start();
    store =
        RedisOnlineStore.connect(
            sentinels.address(),
            RedisSettings.DEFAULT.withTimeout(TIMEOUT),
            InstantSource.system());
    assertThat(store.write(view, records(1))).isEqualTo(300);
    assertThat(store.advance(view, Optional.empty(), FIRST)).isTrue();
    awaitReplica();
  }

  @AfterEach
  void stop() {
    store.close();
    sentinels.close();
  }

  @Test
  void isRightOrUnavailableAndThenRightAgain() throws Exception {
    sentinels.killPrimary();
    long killed = System.nanoTime();

    int refused = refusalsUntilAnswered();

    assertThat(refused).isPositive();
    assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(FAILOVER);
    assertThat(read().marker()).contains(FIRST);
    assertThat(store.marker(view)).contains(FIRST);
    assertThat(store.write(view, records(2))).isEqualTo(300);
    assertThat(store.advance(view, Optional.of(FIRST), SECOND)).isTrue();
    assertThat(read().marker()).contains(SECOND);
  }

  @Test
  void losesNoWriteThatTheReplicaHad() throws Exception {
    assertThat(store.write(view, records(2))).isEqualTo(300);
    awaitReplica();

    sentinels.killPrimary();
    refusalsUntilAnswered();

    Present newest = new Present(OnlineStoreContract.row(2, 2, 2, 2));
    assertThat(read().records()).containsOnly(newest);
    assertThat(store.write(view, records(2))).isZero();
  }

  @Test
  void doesNotMoveTheMarkerIfTheReplicaTookOverWhileRecordsWereWritten() throws Exception {
    assertThat(store.marker(view)).contains(FIRST);
    store.write(view, records(2));

    sentinels.killPrimary();
    refusalsUntilAnswered();

    assertThatThrownBy(() -> store.advance(view, Optional.of(FIRST), SECOND))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageStartingWith("Redis at " + sentinels.address() + ": ")
        .hasMessageEndingWith("while records were written, so some may be lost; push again");
    assertThat(store.marker(view)).contains(FIRST);
  }

  @Test
  void isWrittenToByNobodyWhileThereIsNoPrimary() {
    sentinels.killPrimary();

    assertThatThrownBy(() -> store.write(view, records(2)))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> store.advance(view, Optional.of(FIRST), SECOND))
        .isInstanceOf(StoreUnavailableException.class);
  }

  /** Reads until somebody answers again; whatever is answered is whole. */
  private int refusalsUntilAnswered() throws InterruptedException {
    for (int refused = 0; refused < 2_000; refused++) {
      try {
        assertThat(read().records()).hasOnlyElementsOfType(Present.class);
        if (refused > 0) {
          return refused;
        }
      } catch (CompletionException e) {
        assertThat(e).hasCauseInstanceOf(StoreUnavailableException.class);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new AssertionError("nobody answers");
  }

  private void awaitReplica() {
    try (RedisClient client = RedisClient.create(sentinels.primary().uri())) {
      var primary = client.connect(ByteArrayCodec.INSTANCE).sync();
      byte[] key = {1};
      primary.set(key, key);
      assertThat(primary.waitForReplication(1, 10_000)).isOne();
    }
  }

  private List<OnlineRecord> records(long time) {
    return keys.stream()
        .map(key -> new OnlineRecord(key, OnlineStoreContract.row(time, time, time, time)))
        .toList();
  }

  private Reading read() {
    return store.read(List.of(new Lookup(view, keys))).toCompletableFuture().join().get(0);
  }
}
