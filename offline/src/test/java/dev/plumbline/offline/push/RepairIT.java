package dev.plumbline.offline.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.failure.ConflictException;
import dev.plumbline.offline.RecordDifferences;
import dev.plumbline.offline.RecordDifferences.Example;
import dev.plumbline.offline.RecordDifferences.Kind;
import dev.plumbline.offline.SpendLog;
import dev.plumbline.offline.SpendLog.Line;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.store.OnlineRecord;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineStore.Lookup;
import dev.plumbline.store.OnlineView;
import dev.plumbline.store.Reading;
import dev.plumbline.store.Reading.Found;
import dev.plumbline.store.RedisSettings;
import dev.plumbline.store.RedisStores;
import dev.plumbline.store.local.EphemeralRedis;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Marker;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.timeline.Run;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Micros;
import dev.plumbline.type.ValueBytes;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that somebody has spoilt, against what the log says of them. */
class RepairIT {
  private static final Instant NOW = Instant.parse("2026-03-20T12:00:00Z");
  private static final long FIRST = Micros.of(NOW.minus(Duration.ofDays(10)));
  private static final long LAST = Micros.of(NOW.minus(Duration.ofDays(1)));
  private static final long HOUR = Duration.ofHours(1).toNanos() / 1_000;
  private static final long ENTITIES = 3_000;

  /** Tombstones of ten days ago, of which nothing is left, as it is to be. */
  private static final List<Long> FORGOTTEN = List.of(10L, 20L);

  @TempDir static Path folder;
  private static Warehouse warehouse;
  private static EphemeralRedis redis;
  private static OnlineStore store;
  private static SpendLog log;

  private final OnlineView view = view("bank", 12);

  @BeforeAll
  static void open() {
    warehouse =
        Warehouse.local(
            "bank", "jdbc:sqlite:" + folder.resolve("catalog.db"), folder.resolve("warehouse"), 2);
    redis = EphemeralRedis.start();
    store = stores().open();
    log = new SpendLog(warehouse, 1);
    log.commit(FIRST, lines(1, ENTITIES, FIRST));
    log.commit(LAST, lines(ENTITIES / 2, ENTITIES, LAST));
  }

  /** Of every tenth entity a tombstone. */
  private static List<Line> lines(long from, long to, long refresh) {
    return LongStream.rangeClosed(from, to)
        .mapToObj(id -> new Line(id, refresh, refresh, id % 10 == 0 ? null : id + 0.5))
        .toList();
  }

  @AfterAll
  static void close() {
    store.close();
    redis.close();
    warehouse.close();
  }

  @Test
  void mendsWhateverDiffersAndNothingElse() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    OnlineView beside = view("bank", 1);
    OnlineView elsewhere = view("bank2", 12);
    Marker marker = new Marker(LAST, LAST, LAST + HOUR);
    push();
    store.advance(view, store.marker(view), marker);
    OnlineRecord other = new OnlineRecord(key(7), row(LAST + HOUR, 1.0));
    store.replace(beside, List.of(other));
    store.replace(elsewhere, List.of(other));
    Map<Kind, Long> spoilt = new EnumMap<>(Kind.class);
    for (long id = 1; id <= ENTITIES; id++) {
      if (!FORGOTTEN.contains(id) && random.nextInt(20) == 0) {
        Kind kind = spoil(id, Kind.values()[random.nextInt(Kind.values().length)]);
        spoilt.merge(kind, 1L, Long::sum);
      }
    }
    FORGOTTEN.forEach(id -> store.delete(view, List.of(key(id))));

    RecordDifferences compared = repair().compare();
    RecordDifferences mended = repair().mend(() -> {});
    RecordDifferences after = repair().compare();

    assertThat(compared).as("seed %d", seed).isEqualTo(mended);
    assertThat(compared.counts()).as("seed %d", seed).isEqualTo(spoilt);
    assertThat(compared.compared()).isEqualTo(ENTITIES);
    assertThat(compared.examples())
        .as("seed %d", seed)
        .extracting(Example::kind)
        .isSubsetOf(spoilt.keySet());
    assertThat(after.counts()).as("seed %d", seed).isEmpty();
    assertThat(heads()).as("seed %d", seed).isEqualTo(expected());
    assertThat(store.marker(view)).contains(marker);
    assertThat(held(beside)).containsExactly(Map.entry(key(7), other.row()));
    assertThat(held(elsewhere)).containsExactly(Map.entry(key(7), other.row()));
  }

  @Test
  void saysWhatItFoundOfWhom() {
    push();
    store.replace(view, List.of(new OnlineRecord(key(1), row(FIRST - HOUR, 1.0))));
    store.write(view, List.of(new OnlineRecord(key(-5), row(FIRST, 1.0))));

    assertThat(repair().mend(() -> {}).examples())
        .containsExactly(
            new Example(
                Kind.OLDER,
                "id=1",
                "the store has a row of 2026-03-10T11:00:00Z, written by run 2026-03-10T12:00:00Z, and the log one of 2026-03-10T12:00:00Z, written by run 2026-03-10T12:00:00Z"),
            new Example(Kind.FOREIGN, "id=-5", "the store has a record, and the log no row"));
  }

  @Test
  void fillsAStoreThatLostEverything() {
    held(view).keySet().forEach(key -> store.delete(view, List.of(key)));

    RecordDifferences found = repair().mend(() -> {});

    long expired = LongStream.range(1, ENTITIES / 2).filter(id -> id % 10 == 0).count();
    assertThat(found.counts()).isEqualTo(Map.of(Kind.ABSENT, ENTITIES - expired));
    assertThat(heads()).hasSize((int) (ENTITIES - expired));
    assertThat(repair().compare().total()).isZero();
  }

  @Test
  void writesTombstonesThatNeverExpireByAClockThatStandsStill() {
    push();
    store.delete(view, List.of(key(10)));
    RedisStores frozen =
        new RedisStores(
            redis.address(), RedisSettings.DEFAULT.withoutExpiry(), InstantSource.fixed(NOW));

    RecordDifferences found = new Repair(log.table(), frozen, view, ledger()).compare();

    assertThat(found.counts()).isEqualTo(Map.of(Kind.ABSENT, 1L));
  }

  private Kind spoil(long id, Kind kind) {
    FeatureRow head = head(id);
    long eventTime = head.time().eventTime();
    switch (kind) {
      case ABSENT -> {
        if (id % 10 == 0 && id < ENTITIES / 2) {
          return spoil(id, Kind.NEWER);
        }
        store.delete(view, List.of(key(id)));
      }
      case DAMAGED -> damage(id);
      case OLDER -> put(id, row(eventTime - HOUR, 1.0));
      case NEWER -> put(id, row(eventTime + HOUR, 1.0));
      case DIFFERENT -> put(id, new FeatureRow(head.time(), values(-1.0)));
      case FOREIGN -> put(-id, row(eventTime, 1.0));
    }
    return kind;
  }

  private void put(long id, FeatureRow row) {
    store.replace(view, List.of(new OnlineRecord(key(id), row)));
  }

  /** The key is written as docs/spec/online-record.md says; none of these ids needs stuffing. */
  private void damage(long id) {
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    key.writeBytes("bank:{account:".getBytes(StandardCharsets.UTF_8));
    for (byte b : key(id).toByteArray()) {
      if (b == '|' || b == '}') {
        key.write('|');
        key.write(b ^ 0x20);
      } else {
        key.write(b);
      }
    }
    key.writeBytes("}:12".getBytes(StandardCharsets.UTF_8));
    try (RedisClient client = RedisClient.create(redis.address().toString())) {
      client
          .connect(ByteArrayCodec.INSTANCE)
          .sync()
          .set(key.toByteArray(), new byte[] {1, 2, 3, 4, 5, 6, 7});
    }
  }

  @Test
  void mendsNothingIfOthersMayHaveTakenOver() {
    push();
    held(view).keySet().stream().limit(3).forEach(key -> store.delete(view, List.of(key)));
    int before = held(view).size();

    assertThatThrownBy(
            () ->
                repair()
                    .mend(
                        () -> {
                          throw new ConflictException("the lock is lost");
                        }))
        .isInstanceOf(ConflictException.class);

    assertThat(held(view)).hasSize(before);
  }

  private void push() {
    held(view).keySet().forEach(key -> store.delete(view, List.of(key)));
    new Push(log.table(), stores(), view, PushDeadline.from(InstantSource.fixed(NOW)))
        .everything(log.runs(LAST));
  }

  private Repair repair() {
    return new Repair(log.table(), stores(), view, ledger());
  }

  private static RedisStores stores() {
    return new RedisStores(
        redis.address(),
        RedisSettings.DEFAULT.withTimeout(Duration.ofSeconds(20)),
        InstantSource.fixed(NOW));
  }

  private static Ledger ledger() {
    return new Ledger(
        log.view().timing(),
        List.of(
            new Run(FIRST, Run.Kind.LIVE, FIRST, FIRST, OptionalLong.of(FIRST), true),
            new Run(LAST, Run.Kind.LIVE, LAST, LAST, OptionalLong.of(LAST), true)));
  }

  private static OnlineView view(String project, int shortId) {
    return new OnlineView(
        project,
        shortId,
        "account",
        List.of(Primitive.BIGINT),
        log.view().fields(),
        Optional.empty());
  }

  private static Bytes key(long id) {
    return ValueBytes.of(List.of(Primitive.BIGINT), List.of(id));
  }

  private static FeatureRow row(long eventTime, double total) {
    return new FeatureRow(new RowTime(eventTime, eventTime, FIRST), values(total));
  }

  private static List<Object> values(double total) {
    return log.view().fields().stream()
        .<Object>map(field -> field.name().equals("total") ? (Object) total : (Object) 1L)
        .toList();
  }

  /** Said once more, without the log's help. */
  private static FeatureRow head(long id) {
    long refresh = id >= ENTITIES / 2 ? LAST : FIRST;
    RowTime time = new RowTime(refresh, refresh, refresh);
    return id % 10 == 0 ? FeatureRow.tombstone(time) : new FeatureRow(time, values(id + 0.5));
  }

  private static Map<Bytes, FeatureRow> expected() {
    Map<Bytes, FeatureRow> heads = new TreeMap<>();
    for (long id = 1; id <= ENTITIES; id++) {
      if (!FORGOTTEN.contains(id)) {
        heads.put(key(id), head(id));
      }
    }
    return heads;
  }

  private Map<Bytes, FeatureRow> heads() {
    return held(view);
  }

  private static Map<Bytes, FeatureRow> held(OnlineView of) {
    List<Bytes> keys = new ArrayList<>();
    store.entityKeys(of).forEachRemaining(keys::add);
    keys = keys.stream().distinct().toList();
    Reading reading = store.read(List.of(new Lookup(of, keys))).toCompletableFuture().join().get(0);
    Map<Bytes, FeatureRow> held = new TreeMap<>();
    for (int i = 0; i < keys.size(); i++) {
      if (reading.records().get(i) instanceof Found.Present present) {
        held.put(keys.get(i), present.row());
      }
    }
    return held;
  }
}
