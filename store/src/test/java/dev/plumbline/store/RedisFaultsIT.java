package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.store.OnlineStore.Lookup;
import dev.plumbline.store.OnlineStore.PublishedRevision;
import dev.plumbline.store.Reading.Found.Absent;
import dev.plumbline.store.Reading.Found.Present;
import dev.plumbline.store.local.EphemeralRedis;
import dev.plumbline.timeline.Marker;
import dev.plumbline.type.Bytes;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a store says when its Redis is killed, emptied, stalled or refuses. */
@Timeout(60)
class RedisFaultsIT {
  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final Marker MARKER = new Marker(1, 2, 3);

  private final OnlineView view = OnlineStoreContract.view("faults", 1);
  private final Bytes key = OnlineStoreContract.key("SFO");
  private EphemeralRedis redis;
  private TestingRedis past;
  private RedisOnlineStore store;

  @BeforeEach
  void start() {
    redis = EphemeralRedis.start();
    past = new TestingRedis(redis.address(), () -> {});
    store = connect();
    store.write(view, List.of(record(key, 1)));
    store.advance(view, Optional.empty(), MARKER);
  }

  @AfterEach
  void stop() {
    store.close();
    past.close();
    redis.close();
  }

  @Test
  void isUnavailableWhenRedisIsKilled() {
    redis.kill();

    long before = System.nanoTime();
    assertUnavailable(this::read);
    assertUnavailable(() -> store.write(view, List.of(record(key, 2))));
    assertUnavailable(() -> store.marker(view));
    assertUnavailable(() -> store.advance(view, Optional.of(MARKER), MARKER));
    assertUnavailable(() -> store.entityKeys(view).hasNext());
    assertUnavailable(() -> store.replace(view, List.of(record(key, 2))));
    assertUnavailable(() -> store.dangers());
    assertUnavailable(() -> store.revision("faults").toCompletableFuture().join());

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(TIMEOUT.multipliedBy(8));
  }

  @Test
  void failsAReadWhoseRedisIsKilledMeanwhile() {
    commands().clientPause(30_000);
    var reading = store.read(List.of(lookup())).toCompletableFuture();

    redis.kill();

    assertUnavailable(reading::join);
  }

  @Test
  void comesBackWithItsRedis() throws Exception {
    redis.kill();
    assertUnavailable(this::read);
    redis.restart();

    awaitAnswer();

    assertThat(read()).isEqualTo(new Reading(Optional.empty(), List.of(new Absent())));
    assertThat(store.write(view, List.of(record(key, 2)))).isOne();
    assertThat(store.advance(view, Optional.empty(), MARKER)).isTrue();
    assertThat(read().marker()).contains(MARKER);
  }

  @Test
  void hasNoMarkerWhenRedisWasEmptied() {
    commands().flushall();

    Reading reading = read();

    assertThat(reading.marker()).isEmpty();
    assertThat(store.marker(view)).isEmpty();
  }

  @Test
  void loadsItsScriptsWhenRedisForgotThem() {
    commands().scriptFlush();

    assertThat(store.write(view, List.of(record(key, 2), record(key, 3), record(key, 1))))
        .isEqualTo(2);
    commands().scriptFlush();
    assertThat(store.advance(view, Optional.of(MARKER), new Marker(2, 2, 3))).isTrue();
  }

  @Test
  void givesUpAfterTheTimeout() {
    commands().clientPause(30_000);
    long before = System.nanoTime();

    assertThatThrownBy(this::read)
        .cause()
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage(
            "Redis at %s: no answer within PT0.5S; see whether it is overloaded or unreachable, or allow more time (of a server: --redis-timeout)",
            redis.address());

    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isBetween(TIMEOUT, TIMEOUT.plusSeconds(2));
  }

  @Test
  void refusesAtOnceWhatIsMoreThanItMayQueue() {
    RedisSettings settings =
        RedisSettings.DEFAULT.withTimeout(Duration.ofSeconds(20)).withQueuedCommands(1_000);
    try (RedisOnlineStore bounded =
        RedisOnlineStore.connect(redis.address(), settings, InstantSource.system())) {
      commands().clientPause(30_000);
      long before = System.nanoTime();

      List<CompletableFuture<List<Reading>>> readings =
          IntStream.range(0, 1_100)
              .mapToObj(i -> bounded.read(List.of(lookup())).toCompletableFuture())
              .toList();

      assertThat(readings.subList(0, 990)).noneMatch(CompletableFuture::isDone);
      for (CompletableFuture<List<Reading>> last : readings.subList(1_010, 1_100)) {
        assertThatThrownBy(() -> last.get(1, TimeUnit.SECONDS))
            .cause()
            .isInstanceOf(StoreUnavailableException.class)
            .hasMessageStartingWith("Redis at " + redis.address() + ": ")
            .hasMessageContaining(" size exceeded: 1000. ")
            .hasMessageEndingWith(
                "; ask for less at a time, or let more be queued (of a server: --max-calls, --redis-queue)");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void refusesAtOnceWhileItsRedisIsAway() {
    try (RedisOnlineStore patient = connectPatiently()) {
      redis.kill();
      assertUnavailable(() -> patient.read(List.of(lookup())).toCompletableFuture().join());

      long until = System.nanoTime() + Duration.ofSeconds(3).toNanos();
      while (System.nanoTime() < until) {
        long before = System.nanoTime();

        assertUnavailable(() -> patient.read(List.of(lookup())).toCompletableFuture().join());
        assertUnavailable(() -> patient.marker(view));

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(500));
      }
    }
  }

  @Test
  void saysWhereNobodyAnswers() {
    redis.kill();

    assertThatThrownBy(this::connect)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageStartingWith("Redis at " + redis.address() + ": ")
        .hasMessageContaining("Connection refused")
        .hasMessageEndingWith("; start it, or correct the address");
  }

  @Test
  void saysThatRedisHasNoMemoryLeft() {
    commands().configSet("maxmemory", "1");

    assertThatThrownBy(() -> store.write(view, List.of(record(key, 2))))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(": OOM ")
        .hasMessageEndingWith("; it has no memory left; raise maxmemory or remove data");
    assertThat(read().records()).hasOnlyElementsOfType(Present.class);
  }

  @Test
  void saysThatRedisIsAReplica() {
    commands().replicaof("127.0.0.1", 1);

    assertThatThrownBy(() -> store.write(view, List.of(record(key, 2))))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(": READONLY ")
        .hasMessageEndingWith("give the address of the primary, or of the sentinels");
  }

  @Test
  void leavesPasswordsOutOfItsErrors() {
    commands().configSet("requirepass", "geheim");
    RedisAddress wrong =
        RedisAddress.parse(redis.address().toString().replace("//", "//user:hunter2@"));

    assertThatThrownBy(() -> RedisOnlineStore.connect(wrong, settings(), InstantSource.system()))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("WRONGPASS")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void signsInFromWhereverItWasSentTo() throws Exception {
    commands().configSet("requirepass", "geheim");
    RedisStores stores =
        new RedisStores(redis.address().withPassword("geheim"), settings(), InstantSource.system());

    try (OnlineStore opened = Journey.of(stores).open()) {
      assertThat(opened.marker(view)).contains(MARKER);
    }
  }

  @Test
  void loadsItsScriptsForEachOfManyPipelines() {
    commands().scriptFlush();
    List<Bytes> keys = keys(3_200);

    try (RedisOnlineStore patient = connectPatiently()) {
      assertThat(patient.write(view, keys.stream().map(each -> record(each, 5)).toList()))
          .isEqualTo(3_200);
      assertThat(patient.write(view, keys.stream().map(each -> record(each, 4)).toList())).isZero();
    }
  }

  @Test
  void namesWhatMakesItsRedisUnsafe() {
    assertThat(store.dangers()).isEmpty();

    commands().configSet("maxmemory-policy", "allkeys-lru");

    assertThat(store.dangers())
        .singleElement()
        .asString()
        .startsWith("Redis at " + redis.address() + ": maxmemory-policy allkeys-lru (expected: ");
  }

  @Test
  void saysThatTheRevisionIsUnreadable() {
    store.publishRevision("faults", new PublishedRevision("f", "{}"));
    commands().append(RecordKeys.revision("faults"), new byte[] {1});

    assertThatThrownBy(() -> store.revision("faults").toCompletableFuture().join())
        .cause()
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("the registry revision is unreadable: checksum ")
        .hasMessageEndingWith("; apply it again");
  }

  @Test
  void callsATruncatedRecordUnreadable() {
    byte[] at = new RecordKeys(view).of(key);
    commands().set(at, Arrays.copyOf(commands().get(at), 20));

    assertThat(read().records()).hasOnlyElementsOfType(Reading.Found.Unreadable.class);
  }

  @Test
  void replacesWhatIsNotEvenAString() {
    byte[] at = new RecordKeys(view).of(key);
    commands().del(at);
    commands().lpush(at, new byte[] {1});

    assertThat(store.write(view, List.of(record(key, 1)))).isOne();

    assertThat(read().records()).hasOnlyElementsOfType(Present.class);
  }

  @Test
  void keepsTheNewestOfManyWritersAtOnce() throws Exception {
    List<Bytes> keys = keys(20);
    List<Callable<Integer>> writers = new ArrayList<>();
    try (RedisOnlineStore first = connectPatiently();
        RedisOnlineStore second = connectPatiently()) {
      for (int writer = 0; writer < 6; writer++) {
        RedisOnlineStore own = writer % 2 == 0 ? first : second;
        List<OnlineRecord> records = shuffled(keys, 100, writer);
        writers.add(() -> own.write(view, records));
      }

      runAll(writers);
    }

    Reading reading =
        store.read(List.of(new Lookup(view, keys))).toCompletableFuture().join().get(0);
    assertThat(reading.records())
        .containsOnly(new Present(OnlineStoreContract.row(99, 99, 99, 99)));
  }

  @Test
  void letsOneOfManyMoveTheMarker() throws Exception {
    AtomicInteger moved = new AtomicInteger();
    List<Callable<Integer>> movers =
        IntStream.range(0, 8)
            .<Callable<Integer>>mapToObj(
                i ->
                    () ->
                        store.advance(view, Optional.of(MARKER), new Marker(10 + i, 2, 3))
                            ? moved.incrementAndGet()
                            : 0)
            .toList();

    runAll(movers);

    assertThat(moved).hasValue(1);
  }

  @Test
  void readsEveryRecordOfTheMarkerItReturnsWhileAPushGoesOn() throws Exception {
    List<Bytes> keys = keys(60);
    Callable<Integer> push =
        () -> {
          Marker last = MARKER;
          for (int i = 0; i < keys.size(); i++) {
            Marker next = new Marker(100 + i, 2, 3);
            store.write(view, List.of(record(keys.get(i), 1)));
            assertThat(store.advance(view, Optional.of(last), next)).isTrue();
            last = next;
          }
          return 0;
        };
    Callable<Integer> reads =
        () -> {
          try (RedisOnlineStore reader = connect()) {
            long seen = 0;
            while (seen < 100 + keys.size() - 1) {
              seen = checkedMarker(reader, keys);
            }
          }
          return 0;
        };

    runAll(List.of(push, reads));
  }

  private long checkedMarker(OnlineStore reader, List<Bytes> keys) {
    try {
      Reading reading =
          reader.read(List.of(new Lookup(view, keys))).toCompletableFuture().join().get(0);
      long stamp = reading.marker().orElseThrow().createdAt();
      int pushed = (int) Math.max(0, stamp - 99);
      assertThat(reading.records().subList(0, pushed)).doesNotContain(new Absent());
      return stamp;
    } catch (CompletionException e) {
      assertThat(e).hasMessageContaining("markers moved during each of 3 reads");
      return 0;
    }
  }

  private static void runAll(List<Callable<Integer>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      for (Future<Integer> done : threads.invokeAll(tasks)) {
        done.get(30, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Bytes> keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> OnlineStoreContract.key("airport" + i)).toList();
  }

  /** Each key at each of so many times, in an order of the writer's own. */
  private List<OnlineRecord> shuffled(List<Bytes> keys, int times, int seed) {
    List<OnlineRecord> records = new ArrayList<>();
    for (Bytes each : keys) {
      for (int time = 0; time < times; time++) {
        records.add(record(each, time));
      }
    }
    Collections.shuffle(records, new Random(seed));
    return records;
  }

  private static OnlineRecord record(Bytes key, long time) {
    return new OnlineRecord(key, OnlineStoreContract.row(time, time, time, time));
  }

  private static RedisSettings settings() {
    return RedisSettings.DEFAULT.withTimeout(TIMEOUT);
  }

  /** For tests of what is written, not of how long it may take. */
  private RedisOnlineStore connectPatiently() {
    return RedisOnlineStore.connect(
        redis.address(), settings().withTimeout(Duration.ofSeconds(20)), InstantSource.system());
  }

  private RedisOnlineStore connect() {
    return RedisOnlineStore.connect(redis.address(), settings(), InstantSource.system());
  }

  private RedisCommands<byte[], byte[]> commands() {
    return past.commands();
  }

  private Lookup lookup() {
    return new Lookup(view, List.of(key));
  }

  private Reading read() {
    return store.read(List.of(lookup())).toCompletableFuture().join().get(0);
  }

  private void awaitAnswer() throws InterruptedException {
    for (int attempt = 0; attempt < 100; attempt++) {
      try {
        read();
        return;
      } catch (CompletionException e) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  private void assertUnavailable(Runnable call) {
    assertThatThrownBy(call::run)
        .satisfies(
            failure ->
                assertThat(failure instanceof CompletionException ? failure.getCause() : failure)
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageStartingWith("Redis at " + redis.address() + ": "));
  }
}
