package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.plumbline.store.OnlineStore.Lookup;
import dev.plumbline.store.Reading.Found.Absent;
import dev.plumbline.store.Reading.Found.Present;
import dev.plumbline.store.local.EphemeralRedis;
import dev.plumbline.timeline.Marker;
import dev.plumbline.type.Bytes;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a store says when masters of its cluster are killed, emptied, replaced, or lose slots. */
@Timeout(180)
@Tag("long")
class ClusterFaultsIT {
  private static final int MASTERS = 3;

  /** Slots in which markers lie. */
  private static final int LAST_ANCHOR_OF_FIRST = 5 * 1_024 - 1;

  private static final int LAST_ANCHOR = 16_383;

  private static final Marker FIRST = new Marker(1, 2, 3);
  private static final Marker SECOND = new Marker(11, 12, 13);
  private static final Pattern PRIMARY_OFFSET = Pattern.compile("master_repl_offset:(\\d+)");
  private static final Pattern REPLICA_OFFSET = Pattern.compile("slave0:.*,offset=(\\d+)");

  private final OnlineView view = OnlineStoreContract.view("faults", 1);
  private final List<Bytes> keys =
      IntStream.range(0, 300).mapToObj(i -> OnlineStoreContract.key("airport" + i)).toList();

  private TestingCluster cluster;
  private RedisOnlineStore store;

  @BeforeEach
  void start() {
    cluster = new TestingCluster();
    store = connect(cluster.address());
    push(Optional.empty(), FIRST);
  }

  @AfterEach
  void stop() {
    store.close();
    cluster.close();
  }

  @Test
  void readsABatchOfAllNodesInOneRoundTrip() {
    read(keys); // by now it is connected to all of them
    int before = socketReads();

    Reading reading = read(keys);

    int reads = socketReads() - before;
    assertThat(reading.marker()).contains(FIRST);
    assertAllPresent(reading);
    // 300 records in hardly fewer slots: as many commands, but a few packets for each node
    assertThat(reads).isLessThan(60);
  }

  @Test
  void isRightOrUnavailableWhileAMasterIsKilledAndItsReplicaPromoted() {
    awaitReplicas();
    Readers readers = new Readers();

    cluster.processes().kill(0);
    cluster.processes().awaitMaster(MASTERS);
    readers.awaitAnswers();

    assertThat(readers.end()).isPositive();
    assertThat(read(keys).marker()).contains(FIRST);
    assertThat(store.marker(view)).contains(FIRST);
    push(Optional.of(FIRST), SECOND);
    assertThat(read(keys).marker()).contains(SECOND);
  }

  @Test
  void isNotLoadedWhereAMasterCameBackEmpty() {
    cluster.node(1).flushall();

    assertThat(store.marker(view)).isEmpty();
    assertThat(read(keys).marker()).isEmpty();
    assertThat(read(keysOn(1)).marker()).isEmpty();
    assertThat(read(keysOn(0)).marker()).contains(FIRST);
    push(Optional.empty(), FIRST);
    assertThat(read(keys).marker()).contains(FIRST);
    assertAllPresent(read(keys));
  }

  @Test
  void isRightOrUnavailableWhileASlotMoves() throws Exception {
    Bytes moving = keysOn(0).get(0);
    int slot = slotOf(moving);
    Readers readers = new Readers();

    for (int round = 0; round < 3; round++) {
      cluster.beginMove(slot, 0, 1);
      cluster.move(new RecordKeys(view).of(moving), 0, 1);
      TimeUnit.MILLISECONDS.sleep(100);
      cluster.endMove(slot, 1);
      readers.awaitAnswers();
      cluster.move(slot, 1, 0);
      readers.awaitAnswers();
    }
    cluster.move(slot, 0, 1);

    readers.end();
    assertAllPresent(read(keys));
    assertThat(read(keys).marker()).contains(FIRST);
    assertThat(store.marker(view)).contains(FIRST);
    assertThat(store.write(view, records(List.of(moving), 9))).isOne();
    assertThat(read(List.of(moving)).records()).containsExactly(present(9));
  }

  @Test
  void answersAMissingEntityOfASlotThatMovedOnlyWhenItHasMoved() throws Exception {
    Bytes missing = missingOn(0);
    int slot = slotOf(missing);
    cluster.beginMove(slot, 0, 1);

    CompletableFuture<List<Reading>> reading =
        store.read(List.of(new Lookup(view, List.of(missing)))).toCompletableFuture();
    TimeUnit.MILLISECONDS.sleep(200);
    assertThat(reading).isNotDone();
    cluster.endMove(slot, 1);

    assertThat(reading.get(10, TimeUnit.SECONDS).get(0))
        .isEqualTo(new Reading(Optional.of(FIRST), List.of(new Absent())));
  }

  @Test
  void saysWhatIsWrongWhenASlotMovesTooLong() {
    Bytes missing = missingOn(0);
    cluster.beginMove(slotOf(missing), 0, 1);

    assertThatThrownBy(() -> read(List.of(missing)))
        .cause()
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageStartingWith("Redis at " + cluster.address() + ": ASK ")
        .hasMessageEndingWith(
            "; a slot is being moved between masters; try again, or end it (redis-cli --cluster fix)");
  }

  @Test
  void isNotLoadedOnANewMasterUntilTheNextPush() {
    int added = cluster.processes().addMaster();
    Bytes moving = keysOn(0).get(0);
    cluster.move(slotOf(moving), 0, added);
    cluster.node(added).clusterSetSlotNode(slotOf(moving), cluster.processes().id(added));

    assertThat(read(List.of(moving)).marker()).isEmpty();
    assertThat(read(keysOn(1)).marker()).contains(FIRST);
    assertThat(store.marker(view)).isEmpty();

    push(Optional.empty(), FIRST);
    assertThat(read(keys).marker()).contains(FIRST);
    assertAllPresent(read(keys));
  }

  @Test
  void staysLoadedWhenTheSlotOfItsMarkerMovesAway() {
    cluster.move(LAST_ANCHOR_OF_FIRST, 0, 1);

    assertThat(read(keysOn(0)).marker()).contains(FIRST);
  }

  @Test
  void isNotLoadedUntilTheNextPushOnAMasterThatGetsALaterAnchor() {
    cluster.move(LAST_ANCHOR, 2, 1);

    await(() -> read(keysOn(1)).marker().isEmpty());
    assertThat(read(keysOn(0)).marker()).contains(FIRST);
    push(Optional.empty(), FIRST);
    assertThat(read(keys).marker()).contains(FIRST);
    assertAllPresent(read(keys));
  }

  @Test
  void doesNotTakeTheMarkerOfAnotherForThatOfAMasterThatLostItsData() {
    cluster.node(0).flushall();

    cluster.move(LAST_ANCHOR, 2, 0); // with the markers of its master

    await(() -> store.write(view, records(keysOn(2), 9)) > 0);
    assertThat(read(keysOn(0)).marker()).isEmpty();
    assertThat(read(keysOn(2)).marker()).contains(FIRST);
    assertThat(store.marker(view)).isEmpty();
  }

  @Test
  void resumesAPushThatWasStoppedBetweenNodes() {
    byte[] first = cluster.markerKeys(view).get(0);
    cluster.put(first, MarkerCodec.encode(first, SECOND));

    assertThat(store.marker(view)).contains(FIRST);
    assertThat(store.begun(view)).contains(SECOND);
    assertThat(read(keys).marker()).contains(FIRST);
    assertThat(markersByNode()).containsExactlyInAnyOrder(FIRST, FIRST, SECOND);
    assertThat(store.advance(view, Optional.of(SECOND), new Marker(20, 21, 22))).isFalse();

    push(Optional.of(FIRST), SECOND);

    assertThat(markersByNode()).containsOnly(SECOND);
    assertThat(store.begun(view)).isEmpty();
  }

  @Test
  void movesNoMarkerBackwards() {
    byte[] first = cluster.markerKeys(view).get(0);
    cluster.put(first, MarkerCodec.encode(first, new Marker(100, 100, 100)));

    assertThat(store.advance(view, Optional.of(FIRST), SECOND)).isFalse();
    assertThat(store.marker(view)).contains(FIRST);
  }

  @Test
  void letsOneOfManyMoveTheMarkers() {
    AtomicInteger moved = new AtomicInteger();
    List<CompletableFuture<Void>> movers =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    CompletableFuture.runAsync(
                        () -> {
                          if (store.advance(view, Optional.of(FIRST), new Marker(10 + i, 2, 3))) {
                            moved.incrementAndGet();
                          }
                        }))
            .toList();

    movers.forEach(CompletableFuture::join);

    assertThat(moved).hasValue(1);
    assertThat(store.begun(view)).isEmpty();
  }

  @Test
  void doesNotMoveTheMarkersIfAReplicaTookOverWhileRecordsWereWritten() {
    awaitReplicas();
    assertThat(store.marker(view)).contains(FIRST);
    store.write(view, records(keys, 2));
    cluster.node(MASTERS).clusterFailover(false);
    cluster.processes().awaitMaster(MASTERS);

    await(
        () ->
            refusal(() -> store.advance(view, Optional.of(FIRST), SECOND))
                .endsWith("while records were written, so some may be lost; push again"));

    assertThat(store.marker(view)).contains(FIRST);
    push(Optional.of(FIRST), SECOND);
    assertThat(read(keys).marker()).contains(SECOND);
  }

  @Test
  void namesTheAddressThatIsMeant() {
    try (EphemeralRedis alone = EphemeralRedis.start();
        RedisOnlineStore wrong = connect(cluster.processes().node(1))) {
      RedisAddress none =
          RedisAddress.parse(alone.address().toString().replace("redis:", "redis-cluster:"));

      assertThat(wrong.dangers())
          .singleElement()
          .asString()
          .contains("it is a node of a cluster (expected: redis-cluster://host:port)");
      assertThatThrownBy(() -> wrong.write(view, records(keysOn(0), 5)))
          .hasMessageContaining("give its address as redis-cluster://host:port");
      assertThatThrownBy(() -> connect(none))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageEndingWith("it is no cluster; give its address as redis://host:port");
    }
    assertThat(store.dangers()).isEmpty();
  }

  /** Why the store is unavailable for a call. */
  private static String refusal(ThrowingCallable call) {
    Throwable refusal = catchThrowable(call);
    assertThat(refusal).isInstanceOf(StoreUnavailableException.class);
    return refusal.getMessage();
  }

  /** Somebody who reads all the time; every answer must be whole. */
  private final class Readers {
    private final AtomicBoolean goesOn = new AtomicBoolean(true);
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final List<CompletableFuture<Void>> threads = new ArrayList<>();
    private volatile String lastRefusal = "";
    private int seen;

    Readers() {
      for (int thread = 0; thread < 2; thread++) {
        threads.add(CompletableFuture.runAsync(this::readOn));
      }
    }

    private void readOn() {
      while (goesOn.get()) {
        try {
          Reading reading = read(keys);
          if (reading.marker().isPresent()) {
            assertAllPresent(reading);
            answers.incrementAndGet();
          }
        } catch (CompletionException e) {
          assertThat(e).hasCauseInstanceOf(StoreUnavailableException.class);
          refusals.incrementAndGet();
          lastRefusal = e.getMessage();
        }
      }
    }

    void awaitAnswers() {
      int before = answers.get();
      try {
        await(() -> answersAre(before + 10));
      } catch (AssertionError e) {
        throw new AssertionError("the last refusal: " + lastRefusal, e);
      }
    }

    private boolean answersAre(int expected) {
      threads.stream()
          .filter(CompletableFuture::isCompletedExceptionally)
          .forEach(CompletableFuture::join);
      return answers.get() >= expected;
    }

    /** How many reads were refused. */
    int end() {
      goesOn.set(false);
      threads.forEach(CompletableFuture::join);
      return refusals.get();
    }
  }

  private static void await(BooleanSupplier condition) {
    for (int attempt = 0; attempt < 600; attempt++) {
      if (condition.getAsBoolean()) {
        return;
      }
      pause();
    }
    throw new AssertionError("it did not come true");
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitReplicas() {
    for (int master = 0; master < MASTERS; master++) {
      RedisCommands<byte[], byte[]> node = cluster.node(master);
      await(
          () -> {
            String info = node.info("replication");
            return number(PRIMARY_OFFSET, info) == number(REPLICA_OFFSET, info);
          });
    }
  }

  private static long number(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    assertThat(found.find()).as("%s in %s", pattern, text).isTrue();
    return Long.parseLong(found.group(1));
  }

  /** How often masters took something from a socket. */
  private int socketReads() {
    return IntStream.range(0, MASTERS)
        .map(
            master ->
                (int)
                    number(
                        Pattern.compile("total_reads_processed:(\\d+)"),
                        cluster.node(master).info("stats")))
        .sum();
  }

  private List<Marker> markersByNode() {
    ReadBatch batch = new ReadBatch();
    batch.begin(ViewSet.of(List.of(view)), keys.size());
    keys.forEach(key -> batch.add(0, key));
    store.read(batch).toCompletableFuture().join();
    return IntStream.range(0, batch.nodes())
        .mapToObj(node -> batch.marker(0, node).orElseThrow())
        .toList();
  }

  private void push(Optional<Marker> from, Marker to) {
    assertThat(store.marker(view)).isEqualTo(from);
    store.write(view, records(keys, 1));
    assertThat(store.advance(view, from, to)).isTrue();
  }

  private List<Bytes> keysOn(int master) {
    return keys.stream().filter(key -> masterOf(slotOf(key)) == master).toList();
  }

  private Bytes missingOn(int master) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> OnlineStoreContract.key("nowhere" + i))
        .filter(key -> masterOf(slotOf(key)) == master)
        .findFirst()
        .orElseThrow();
  }

  private int slotOf(Bytes key) {
    return SlotHash.getSlot(new RecordKeys(view).of(key));
  }

  /** In the beginning. */
  private static int masterOf(int slot) {
    return IntStream.range(0, MASTERS)
        .filter(master -> slot <= lastSlotOf(master))
        .min()
        .orElseThrow();
  }

  private static int lastSlotOf(int master) {
    return SlotHash.SLOT_COUNT * (master + 1) / MASTERS - 1;
  }

  private static List<OnlineRecord> records(List<Bytes> of, long time) {
    return of.stream()
        .map(key -> new OnlineRecord(key, OnlineStoreContract.row(time, time, time, time)))
        .toList();
  }

  private static Present present(long time) {
    return new Present(OnlineStoreContract.row(time, time, time, time));
  }

  private static void assertAllPresent(Reading reading) {
    assertThat(reading.records()).hasOnlyElementsOfType(Present.class);
  }

  private Reading read(List<Bytes> of) {
    return store.read(List.of(new Lookup(view, of))).toCompletableFuture().join().get(0);
  }

  private static RedisOnlineStore connect(RedisAddress address) {
    return RedisOnlineStore.connect(
        address, RedisSettings.DEFAULT.withTimeout(Duration.ofSeconds(2)), InstantSource.system());
  }
}
