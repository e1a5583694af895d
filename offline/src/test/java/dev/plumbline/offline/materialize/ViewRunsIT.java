package dev.plumbline.offline.materialize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.DefinitionLoader;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.offline.CommittedRows;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.RunReport;
import dev.plumbline.offline.SharedStores;
import dev.plumbline.offline.Ticker;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.push.Publisher;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.registry.FileViewLocks;
import dev.plumbline.registry.LedgerEntry;
import dev.plumbline.registry.MetadataDatabase;
import dev.plumbline.registry.RevisionRegistry;
import dev.plumbline.registry.RunLedger;
import dev.plumbline.registry.RunTime;
import dev.plumbline.store.OnlineRecord;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineView;
import dev.plumbline.store.Reading;
import dev.plumbline.store.RedisOnlineStore;
import dev.plumbline.store.RedisSettings;
import dev.plumbline.store.local.EphemeralRedis;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Marker;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.run.PlannedRun;
import dev.plumbline.timeline.run.RunRefusedException;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Micros;
import dev.plumbline.type.ValueBytes;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are killed, collide or find an empty store, against one that nothing happened to. */
class ViewRunsIT {
  private static final Instant FROM = Instant.parse("2026-03-01T06:00:00Z");
  private static final Instant TO = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant BACKFILLED = Instant.parse("2026-03-01T10:20:00Z");
  private static final Instant LIVE = Instant.parse("2026-03-01T11:07:00Z");
  private static final Instant LATER = Instant.parse("2026-03-01T13:07:00Z");
  private static final Optional<Duration> TWO_HOURS = Optional.of(Duration.ofHours(2));
  private static final int VERSIONS = 23;

  private static final String DEFINITIONS =
      """
      entity: account
      keys: [{name: id, type: bigint}]
      ---
      source: payments
      format: parquet
      path: unused
      event_time: at
      columns: [{name: id, type: bigint}, {name: at, type: timestamp}, {name: amount, type: double}]
      """;

  /** Every scenario has a version of its own: a table, a ledger and records that nobody shares. */
  private static final String VERSION =
      """
      ---
      feature_view: spend
      version: %d
      entity: account
      source: payments
      keys: {id: id}
      every: 1h
      availability_lag: 5m
      features:
        - {name: total, expr: sum(amount), window: 2h}
        - {name: payments, expr: count(*), window: 2h}
      """;

  @TempDir static Path folder;
  private static Warehouse warehouse;
  private static EphemeralRedis redis;
  private static OnlineStore store;
  private static Revision revision;
  private static RunLedger ledger;
  private static RevisionRegistry registry;
  private static State undisturbed;

  @BeforeAll
  static void open() {
    String uri = "jdbc:sqlite:" + folder.resolve("metadata.db");
    MetadataDatabase database = MetadataDatabase.open(folder.resolve("metadata.db"));
    warehouse = Warehouse.local("bank", uri, folder.resolve("warehouse"), 2);
    redis = EphemeralRedis.start();
    store = connect();
    String versions =
        IntStream.rangeClosed(1, VERSIONS)
            .mapToObj(VERSION::formatted)
            .collect(Collectors.joining());
    revision =
        new DefinitionLoader("bank")
            .load(new TreeMap<>(Map.of("bank.yaml", DEFINITIONS + versions)));
    registry = new RevisionRegistry(database, "bank", InstantSource.fixed(FROM));
    registry.apply(revision);
    ledger = new RunLedger(database, "bank");
    writePayments();
    undisturbed = undisturbed(version(1));
  }

  private static OnlineStore connect() {
    return RedisOnlineStore.connect(
        redis.address(), RedisSettings.DEFAULT, InstantSource.fixed(FROM));
  }

  private static void writePayments() {
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType)
            .add("at", DataTypes.TimestampType)
            .add("amount", DataTypes.DoubleType);
    var rows =
        Stream.of("1 05:30 2.5", "1 09:10 1", "1 10:20 7", "2 07:00 4", "3 08:00 1", "3 10:40 0.1")
            .map(text -> text.split(" "))
            .map(
                parts ->
                    RowFactory.create(
                        Long.valueOf(parts[0]),
                        Instant.parse("2026-03-01T" + parts[1] + ":00Z"),
                        Double.valueOf(parts[2])))
            .toList();
    warehouse
        .spark()
        .createDataFrame(rows, schema)
        .write()
        .parquet(folder.resolve("payments").toString());
  }

  @AfterAll
  static void close() {
    store.close();
    redis.close();
    warehouse.close();
  }

  @Test
  void aRunKilledBeforeItsCommitIsRunAgain() {
    ViewId view = version(2);
    ledger.open(view, opened(backfill(view)));
    runs(BACKFILLED, store).backfill(view, FROM, TO);
    advance(view, BACKFILLED, store);
    ledger.open(view, opened(live(view)));

    advance(view, LIVE, store);

    assertThat(State.of(view)).isEqualTo(undisturbed);
  }

  @Test
  void aRunKilledAfterItsCommitIsFoundInTheTable() {
    ViewId view = version(3);
    commit(view, backfill(view));
    advance(view, BACKFILLED, store);
    commit(view, live(view));

    advance(view, LIVE, store);

    assertThat(State.of(view)).isEqualTo(undisturbed);
  }

  @Test
  void aRunKilledBeforeItsPushIsPushed() {
    ViewId view = version(4);
    long rows = commit(view, backfill(view));
    ledger.committed(view, ledger.entries(view).get(0).run().stamp(), rows);
    advance(view, BACKFILLED, store);
    rows = commit(view, live(view));
    ledger.committed(view, ledger.entries(view).get(1).run().stamp(), rows);

    advance(view, LIVE, store);

    assertThat(State.of(view)).isEqualTo(undisturbed);
  }

  @Test
  void aPushKilledAtAnyStepIsEnded() {
    int steps = 0;
    boolean killed = true;
    while (killed) {
      ViewId view = version(5 + steps);
      runs(BACKFILLED, store).backfill(view, FROM, TO);

      killed = advanceKilled(view, BACKFILLED, steps);
      advance(view, BACKFILLED, store);
      killed |= advanceKilled(view, LIVE, steps);
      advance(view, LIVE, store);

      assertThat(State.of(view)).as("killed at step %d", steps).isEqualTo(undisturbed);
      steps++;
    }
    assertThat(steps).as("steps of a push of three entities, and none").isEqualTo(6);
  }

  @Test
  void aKilledPushIsEndedBeforeTheNextRefreshIsComputed() {
    ViewId view = version(11);
    runs(BACKFILLED, store).backfill(view, FROM, TO);
    advance(view, BACKFILLED, store);
    advanceKilled(view, LIVE, 1);

    List<RunReport> reports = advance(view, LATER, store);

    assertThat(reports)
        .extracting(report -> report.getClass().getSimpleName())
        .containsExactly("Published", "Materialized", "Published");
    assertThat(ledger.runs(view))
        .extracting(Run::publishedAt)
        .containsExactly(
            OptionalLong.of(Micros.of(BACKFILLED)),
            OptionalLong.of(Micros.of(LATER)),
            OptionalLong.of(Micros.of(LATER)));
    assertThat(advance(view, LATER, store)).isEmpty();
  }

  @Test
  void aPushThatHasMovedSomeOfTheMarkersIsEndedUnderTheMarkerThatTheyHave() {
    ViewId view = version(23);
    runs(BACKFILLED, store).backfill(view, FROM, TO);
    advance(view, BACKFILLED, store);
    advanceKilled(view, LIVE, 1);
    Run stopped = ledger.runs(view).get(1);
    Marker begun = new Marker(stopped.stamp(), stopped.lastRefresh(), Micros.of(LIVE));
    OnlineStore half =
        new KilledStore(store, Integer.MAX_VALUE) {
          @Override
          public Optional<Marker> begun(OnlineView of) {
            return Optional.of(begun);
          }
        };

    advance(view, LATER, half);

    assertThat(ledger.runs(view))
        .extracting(Run::publishedAt)
        .containsExactly(
            OptionalLong.of(Micros.of(BACKFILLED)),
            OptionalLong.of(Micros.of(LIVE)),
            OptionalLong.of(Micros.of(LATER)));
  }

  @Test
  void aPushThatIsHeldUpForAnHourStartsAgainFromANewState() {
    ViewId view = version(20);
    runs(BACKFILLED, store).backfill(view, FROM, TO);
    HeldUpStore online = new HeldUpStore(1);

    List<RunReport> reports =
        runs(BACKFILLED, online, HeldUpStore.CLOCK).advance(view, OptionalInt.empty());

    assertThat(reports)
        .singleElement()
        .isInstanceOfSatisfying(
            RunReport.Published.class,
            done -> {
              assertThat(done.marker().publishedAt())
                  .isEqualTo(Micros.of(BACKFILLED.plus(HeldUpStore.DELAY)));
              assertThat(done.records()).isEqualTo(3);
            });
  }

  @Test
  void aPushThatIsAlwaysTooSlowGivesUp() {
    ViewId view = version(21);
    runs(BACKFILLED, store).backfill(view, FROM, TO);
    HeldUpStore online = new HeldUpStore(Integer.MAX_VALUE);

    assertThatThrownBy(
            () -> runs(BACKFILLED, online, HeldUpStore.CLOCK).advance(view, OptionalInt.empty()))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("spend@21: its push took more than PT1H, 3 times");
    assertThat(store.marker(online(view))).isEmpty();
  }

  /** A store before whose first writes more than an hour goes by. */
  private static final class HeldUpStore extends KilledStore {
    static final Duration DELAY = Duration.ofMinutes(61);
    static final InstantSource CLOCK = new HeldUpClock();
    private static final AtomicReference<Instant> NOW = new AtomicReference<>(BACKFILLED);
    private final AtomicInteger left;

    HeldUpStore(int times) {
      super(store, Integer.MAX_VALUE);
      NOW.set(BACKFILLED);
      left = new AtomicInteger(times);
    }

    @Override
    public long write(OnlineView view, Iterator<OnlineRecord> records) {
      if (left.getAndDecrement() > 0) {
        NOW.updateAndGet(now -> now.plus(DELAY));
      }
      return super.write(view, records);
    }

    private record HeldUpClock() implements InstantSource, Serializable {
      @Override
      public Instant instant() {
        return NOW.get();
      }
    }
  }

  @Test
  void ofTwoRunsAtOnceOneIsRefused() {
    ViewId view = version(12);
    runs(BACKFILLED, store).backfill(view, FROM, TO);
    List<Throwable> refusals = new ArrayList<>();
    OnlineStore meanwhile =
        new KilledStore(store, Integer.MAX_VALUE) {
          @Override
          public boolean advance(OnlineView online, Optional<Marker> expected, Marker next) {
            refusals.add(catchThrowable(() -> ViewRunsIT.advance(view, BACKFILLED, store)));
            return super.advance(online, expected, next);
          }
        };

    advance(view, BACKFILLED, meanwhile);
    advance(view, LIVE, meanwhile);

    assertThat(refusals).hasSize(2).allMatch(refusal -> refusal instanceof ConflictException);
    assertThat(refusals.get(0)).hasMessageContaining("spend@12").hasMessageContaining("locked");
    assertThat(State.of(view)).isEqualTo(undisturbed);
  }

  @Test
  void aStoreThatWasLostIsRestoredByPublishing() {
    ViewId view = version(13);
    undisturbed(view);
    redis.kill();
    redis.restart();
    store.close();
    store = connect();
    assertThat(store.marker(online(view))).isEmpty();

    RunReport restored = runs(LATER, store).publish(view);

    assertThat(State.of(view)).isEqualTo(undisturbed);
    assertThat(restored).isInstanceOf(RunReport.Published.class);
    assertThat(advance(view, LIVE, store)).isEmpty();
    runs(LATER, store).publish(version(1));
  }

  @Test
  void aBackfillInChunksHasTheRowsOfOneRun() {
    ViewId view = version(14);

    List<RunReport> reports = runs(BACKFILLED, store).backfill(view, FROM, TO, TWO_HOURS);

    assertThat(reports).hasSize(3);
    assertThat(ledger.runs(view))
        .extracting(run -> Micros.instant(run.lastRefresh()).toString().substring(11, 13))
        .containsExactly("07", "09", "10");
    assertThat(unstamped(view, BACKFILLED)).isEqualTo(unstamped(version(1), BACKFILLED));
  }

  @Test
  void aBackfillThatIsRepeatedAndChangesNothingIsNoRun() {
    ViewId view = version(22);
    runs(BACKFILLED, store).backfill(view, FROM, TO, TWO_HOURS);
    List<LedgerEntry> once = ledger.entries(view);

    List<RunReport> again = runs(BACKFILLED, store).backfill(view, FROM, TO, TWO_HOURS);

    assertThat(again).isEmpty();
    assertThat(ledger.entries(view)).isEqualTo(once);
    advance(view, BACKFILLED, store);
    advance(view, LIVE, store);
    assertThat(unstamped(view, LIVE)).isEqualTo(unstamped(version(1), LIVE));
  }

  @Test
  void aBackfillKilledBetweenChunksContinuesAfterTheLast() {
    ViewId view = version(15);
    assertThatThrownBy(() -> killedAtChunk(3).backfill(view, FROM, TO, TWO_HOURS))
        .isInstanceOf(KilledStore.Killed.class);
    assertThatThrownBy(() -> runs(LATER, store).publish(view))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("its backfill to 2026-03-01T10:00:00Z was stopped at");

    List<RunReport> reports = runs(BACKFILLED, store).backfill(view, FROM, TO, TWO_HOURS);

    assertThat(reports).hasSize(1);
    assertThat(unstamped(view, BACKFILLED)).isEqualTo(unstamped(version(1), BACKFILLED));
  }

  @Test
  void aScheduledRunFinishesABackfillAndPublishesIt() {
    ViewId view = version(16);
    assertThatThrownBy(() -> killedAtChunk(2).backfill(view, FROM, TO, TWO_HOURS))
        .isInstanceOf(KilledStore.Killed.class);

    List<RunReport> reports = advance(view, BACKFILLED, store);
    advance(view, LIVE, store);

    assertThat(reports)
        .extracting(report -> report.getClass().getSimpleName())
        .containsExactly("Materialized", "Published");
    assertThat(unstamped(view, LIVE)).isEqualTo(unstamped(version(1), LIVE));
    assertThat(State.of(view).heads().keySet()).isEqualTo(undisturbed.heads().keySet());
  }

  @Test
  void chunksHoldSoManyRowsOfALargeSource() {
    ViewId view = version(17);

    List<RunReport> reports =
        runs(BACKFILLED, Progress.SILENT, new Chunking(sources(), 1, 0)).backfill(view, FROM, TO);

    assertThat(reports).hasSizeGreaterThan(1);
    assertThat(unstamped(view, BACKFILLED)).isEqualTo(unstamped(version(1), BACKFILLED));
  }

  @Test
  void aSmallSourceIsOneChunkAndTheLedgerKnowsHowLongItTook() {
    ViewId view = version(18);

    assertThat(runs(BACKFILLED, store).backfill(view, FROM, TO)).hasSize(1);

    RunTime time = ledger.times(view).get(ledger.runs(view).get(0).stamp());
    assertThat(time.started()).isEqualTo(BACKFILLED);
    assertThat(time.took()).isPositive();
  }

  @Test
  void aViewThatWasNeverRunIsNotPublished() {
    assertThatThrownBy(() -> runs(LATER, store).publish(version(19)))
        .hasMessageContaining("was never run; compute its past with")
        .hasMessageContaining("plumb materialize spend@19 --from INSTANT");
  }

  @Test
  void aBackfillOfALiveViewIsRefused() {
    assertThatThrownBy(() -> runs(LATER, store).backfill(version(1), FROM, TO))
        .hasMessageContaining("live");
    assertThat(State.of(version(1))).isEqualTo(undisturbed);
  }

  private static State undisturbed(ViewId view) {
    runs(BACKFILLED, store).backfill(view, FROM, TO);
    advance(view, BACKFILLED, store);
    advance(view, LIVE, store);
    return State.of(view);
  }

  private static ViewId version(int version) {
    return new ViewId("spend", version);
  }

  private static List<RunReport> advance(ViewId view, Instant now, OnlineStore online) {
    return runs(now, online).advance(view, OptionalInt.empty());
  }

  /** Whether it was, before it had ended. */
  private static boolean advanceKilled(ViewId view, Instant now, int steps) {
    try {
      advance(view, now, new KilledStore(store, steps));
      return false;
    } catch (Exception e) { // Scala throws checked ones too
      if (Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
          .anyMatch(KilledStore.Killed.class::isInstance)) {
        return true;
      }
      throw e;
    }
  }

  private static ViewRuns runs(Instant now, OnlineStore online) {
    return runs(now, online, InstantSource.fixed(now));
  }

  private static ViewRuns runs(Instant now, OnlineStore online, InstantSource publishing) {
    InstantSource clock = InstantSource.fixed(now);
    return new ViewRuns(
        revision,
        warehouse,
        sources(),
        ledger,
        new FileViewLocks(folder.resolve("locks"), clock),
        new Publisher("bank", online, SharedStores.of(online), ledger, registry, publishing),
        clock,
        Progress.SILENT);
  }

  private static ViewRuns runs(Instant now, Progress progress, Chunking chunking) {
    InstantSource clock = InstantSource.fixed(now);
    return new ViewRuns(
        revision,
        warehouse,
        sources(),
        ledger,
        new FileViewLocks(folder.resolve("locks"), clock),
        new Publisher("bank", store, SharedStores.of(store), ledger, registry, clock),
        clock,
        progress,
        chunking,
        Ticker.SYSTEM);
  }

  /** Runs that are killed when they begin this chunk. */
  private static ViewRuns killedAtChunk(int chunk) {
    Progress progress =
        step -> {
          if (step.contains("chunk " + chunk)) {
            throw new KilledStore.Killed();
          }
        };
    return runs(BACKFILLED, progress, new Chunking(sources()));
  }

  /** What the table says of the time up to an instant, whichever runs wrote it. */
  private static List<String> unstamped(ViewId id, Instant until) {
    List<String> rows = new ArrayList<>();
    CommittedRows.of(warehouse.table(revision.view(id), revision.entity("account")))
        .forEach(
            (entity, its) ->
                its.stream()
                    .filter(row -> row.time().eventTime() < Micros.of(until))
                    .map(
                        row ->
                            "%s %d %d %s"
                                .formatted(
                                    entity,
                                    row.time().eventTime(),
                                    row.time().availableAt(),
                                    row.values()))
                    .forEach(rows::add));
    return rows.stream().sorted().toList();
  }

  private static SourceReader sources() {
    return new SourceReader(
        warehouse.spark(), source -> List.of(folder.resolve("payments").toString()));
  }

  private static PlannedRun backfill(ViewId view) {
    return new PlannedRun.Backfill(
        ledger.nextStamp(view, Micros.of(BACKFILLED)), Micros.of(FROM), Micros.of(TO));
  }

  private static PlannedRun live(ViewId view) {
    long refresh = Micros.of(Instant.parse("2026-03-01T11:00:00Z"));
    return new PlannedRun.Live(ledger.nextStamp(view, Micros.of(LIVE)), refresh, refresh);
  }

  private static Run opened(PlannedRun run) {
    Run committed = run.committed();
    return new Run(
        run.stamp(),
        committed.kind(),
        committed.firstRefresh(),
        committed.lastRefresh(),
        OptionalLong.empty(),
        false);
  }

  /** Everything up to the commit, without a word to the ledger after it. */
  private static long commit(ViewId id, PlannedRun run) {
    FeatureView view = revision.view(id);
    Ledger runs = new Ledger(view.timing(), ledger.runs(id));
    ledger.open(id, opened(run));
    return new ChangeLogJob(warehouse, sources())
        .commit(
            view,
            revision.entity("account"),
            sources().open(revision.source("payments")),
            run,
            runs)
        .orElseThrow()
        .rows();
  }

  private static OnlineView online(ViewId id) {
    FeatureView view = revision.view(id);
    return OnlineView.of(
        "bank",
        registry.shortId(id),
        "account",
        List.of(Primitive.BIGINT),
        view.fields(),
        view.timing());
  }

  /** Everything that is left behind. */
  private record State(
      List<LedgerEntry> ledger,
      Map<Bytes, List<FeatureRow>> table,
      Marker marker,
      Map<Bytes, FeatureRow> heads) {
    static State of(ViewId id) {
      return new State(
          ViewRunsIT.ledger.entries(id),
          CommittedRows.of(warehouse.table(revision.view(id), revision.entity("account"))),
          store.marker(online(id)).orElseThrow(),
          heads(online(id)));
    }

    private static Map<Bytes, FeatureRow> heads(OnlineView view) {
      List<Bytes> entities =
          Stream.of(1L, 2L, 3L)
              .map(id -> ValueBytes.of(List.of(Primitive.BIGINT), List.of(id)))
              .toList();
      Reading reading =
          store
              .read(List.of(new OnlineStore.Lookup(view, entities)))
              .toCompletableFuture()
              .join()
              .get(0);
      Map<Bytes, FeatureRow> heads = new TreeMap<>();
      for (int i = 0; i < entities.size(); i++) {
        if (reading.records().get(i) instanceof Reading.Found.Present present) {
          heads.put(entities.get(i), present.row());
        }
      }
      return heads;
    }
  }
}
