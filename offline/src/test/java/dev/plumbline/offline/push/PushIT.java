package dev.plumbline.offline.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.offline.SpendLog;
import dev.plumbline.offline.SpendLog.Line;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.push.Push.Pushed;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineView;
import dev.plumbline.store.RedisAddress;
import dev.plumbline.store.RedisSettings;
import dev.plumbline.store.RedisStores;
import dev.plumbline.store.StoreUnavailableException;
import dev.plumbline.store.local.EphemeralCluster;
import dev.plumbline.store.local.EphemeralRedis;
import dev.plumbline.type.DataType.Primitive;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tasks write to Redis, how they count it, and when they stop. */
class PushIT {
  private static final Instant NOW = Instant.parse("2026-03-20T12:00:00Z");
  private static final int ENTITIES = 5_000;

  @TempDir static Path folder;
  private static Warehouse warehouse;
  private static EphemeralRedis redis;
  private static SpendLog log;

  @BeforeAll
  static void open() {
    warehouse =
        Warehouse.local(
            "bank", "jdbc:sqlite:" + folder.resolve("catalog.db"), folder.resolve("warehouse"), 2);
    redis = EphemeralRedis.start();
    log = new SpendLog(warehouse, 1);
    log.commit(100, lines(1, ENTITIES, 10));
    log.commit(200, lines(1, 40, 20));
  }

  private static List<Line> lines(long from, long to, long refresh) {
    return LongStream.rangeClosed(from, to)
        .mapToObj(id -> new Line(id, refresh, refresh, id + 0.5))
        .toList();
  }

  @AfterAll
  static void close() {
    redis.close();
    warehouse.close();
  }

  @Test
  void writesTheNewestRowOfEveryEntityOnce() {
    OnlineView view = view(1);

    assertThat(push(view).everything(log.runs(100))).isEqualTo(new Pushed(ENTITIES, ENTITIES));
    assertThat(push(view).everything(log.runs(100))).isEqualTo(new Pushed(ENTITIES, 0));
    assertThat(push(view).changed(100, log.runs(200), OptionalLong.of(20)))
        .isEqualTo(new Pushed(40, 40));
    assertThat(push(view).everything(log.runs(200))).isEqualTo(new Pushed(ENTITIES, 0));
    try (OnlineStore store = stores().open()) {
      assertThat(store.entityKeys(view)).toIterable().hasSize(ENTITIES);
    }
  }

  @Test
  void writesToAllMastersOfACluster() {
    OnlineView view = view(5);
    try (EphemeralCluster cluster = EphemeralCluster.start()) {
      RedisStores stores = stores(cluster.address());
      Push push = new Push(log.table(), stores, view, PushDeadline.from(InstantSource.fixed(NOW)));

      assertThat(push.everything(log.runs(200))).isEqualTo(new Pushed(ENTITIES, ENTITIES));
      assertThat(push.everything(log.runs(200))).isEqualTo(new Pushed(ENTITIES, 0));

      try (OnlineStore store = stores.open()) {
        assertThat(store.entityKeys(view)).toIterable().doesNotHaveDuplicates().hasSize(ENTITIES);
      }
    }
  }

  @Test
  void writesNothingOfARunWithoutRows() {
    assertThat(push(view(2)).changed(200, log.runs(300), OptionalLong.of(30)))
        .isEqualTo(new Pushed(0, 0));
  }

  @Test
  void stopsItselfWhenItsStateIsTooOldAndCanBeginAgain() {
    OnlineView view = view(3);
    PushDeadline deadline = PushDeadline.from(new JumpingClock(2_000));

    assertThatThrownBy(() -> push(view, deadline).everything(log.runs(200)))
        .isInstanceOf(PushOverdueException.class)
        .hasMessage("the push is older than PT1H");

    Pushed again = push(view).everything(log.runs(200));
    assertThat(again.records()).isEqualTo(ENTITIES);
    assertThat(again.written()).isLessThan(ENTITIES);
  }

  @Test
  void saysThatTheStoreIsGoneWithoutSparksWords() {
    try (EphemeralRedis other = EphemeralRedis.start()) {
      RedisStores gone =
          new RedisStores(other.address(), RedisSettings.DEFAULT, InstantSource.fixed(NOW));
      other.kill();

      assertThatThrownBy(
              () ->
                  new Push(log.table(), gone, view(4), PushDeadline.from(InstantSource.fixed(NOW)))
                      .everything(log.runs(200)))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageStartingWith("Redis at " + other.address());
    }
  }

  private static Push push(OnlineView view) {
    return push(view, PushDeadline.from(InstantSource.fixed(NOW)));
  }

  private static Push push(OnlineView view, PushDeadline deadline) {
    return new Push(log.table(), stores(), view, deadline);
  }

  private static RedisStores stores() {
    return stores(redis.address());
  }

  private static RedisStores stores(RedisAddress address) {
    return new RedisStores(
        address,
        RedisSettings.DEFAULT.withTimeout(Duration.ofSeconds(20)),
        InstantSource.fixed(NOW));
  }

  private static OnlineView view(int shortId) {
    return new OnlineView(
        "bank",
        shortId,
        "account",
        List.of(Primitive.BIGINT),
        log.view().fields(),
        Optional.empty());
  }

  /** A clock that is two hours further after it was asked so often. */
  private record JumpingClock(int questions) implements InstantSource, Serializable {
    private static final AtomicInteger ASKED = new AtomicInteger();

    @Override
    public Instant instant() {
      return ASKED.incrementAndGet() > questions ? NOW.plus(Duration.ofHours(2)) : NOW;
    }
  }
}
