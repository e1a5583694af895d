package dev.plumbline.offline.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.DefinitionLoader;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.offline.ContentHash;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.SpendLog;
import dev.plumbline.offline.SpendLog.Line;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.push.RevisionPublisher;
import dev.plumbline.registry.Applicant;
import dev.plumbline.registry.DatasetCatalog;
import dev.plumbline.registry.DatasetVersion;
import dev.plumbline.registry.FileViewLocks;
import dev.plumbline.registry.MetadataDatabase;
import dev.plumbline.registry.PrunedVersion;
import dev.plumbline.registry.RemovedVersions;
import dev.plumbline.registry.RevisionRegistry;
import dev.plumbline.registry.ViewLocks;
import dev.plumbline.store.OnlineRecord;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineStore.Occupancy;
import dev.plumbline.store.OnlineView;
import dev.plumbline.store.RedisOnlineStore;
import dev.plumbline.store.RedisSettings;
import dev.plumbline.store.local.EphemeralRedis;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Marker;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.ValueBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of a view that are gone from the newest revision, beside one that stays. */
class VersionPruningIT {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));
  private static final Applicant ANN = new Applicant("ann@desk", Optional.empty());
  private static final int ENTITIES = 700;
  private static final int VERSIONS = 12;
  private static final int STAYS = 1;

  @TempDir static Path folder;
  private static Warehouse warehouse;
  private static EphemeralRedis redis;
  private static OnlineStore store;
  private static MetadataDatabase database;
  private static RevisionRegistry registry;
  private static SpendLog kept;

  @BeforeAll
  static void open() {
    database = MetadataDatabase.open(folder.resolve("metadata.db"));
    warehouse =
        Warehouse.local(
            "bank", "jdbc:sqlite:" + folder.resolve("metadata.db"), folder.resolve("warehouse"), 2);
    redis = EphemeralRedis.start();
    store = RedisOnlineStore.connect(redis.address(), RedisSettings.DEFAULT, CLOCK);
    registry = new RevisionRegistry(database, "bank", CLOCK);
    apply(all(""));
    apply(all("retired: true\n"));
    apply(versions(List.of(STAYS), ""));
    kept = written(STAYS);
  }

  @AfterAll
  static void close() {
    store.close();
    redis.close();
    warehouse.close();
  }

  private static void apply(String definitions) {
    Revision revision =
        new DefinitionLoader("bank").load(new TreeMap<>(Map.of("bank.yaml", definitions)));
    registry.apply(revision);
  }

  private static String all(String lifecycle) {
    return versions(IntStream.rangeClosed(1, VERSIONS).boxed().toList(), lifecycle);
  }

  /** These versions; {@code lifecycle} is that of all but the one that stays. */
  private static String versions(List<Integer> versions, String lifecycle) {
    return SpendLog.SHARED
        + versions.stream()
            .map(
                version ->
                    "---\n"
                        + SpendLog.VIEW.formatted(version)
                        + (version == STAYS ? "" : lifecycle))
            .collect(Collectors.joining());
  }

  /** A version with a log, what is kept beside it, records and a marker. */
  private static SpendLog written(int version) {
    SpendLog log = new SpendLog(warehouse, version);
    List<Line> lines =
        LongStream.range(0, ENTITIES).mapToObj(id -> new Line(id, 100, 100, id * 0.5)).toList();
    log.commit(100, lines);
    log.commit(200, lines.subList(0, 100));
    warehouse
        .spark()
        .sql("create table %s using iceberg as select * from range(5)".formatted(heads(log)));
    OnlineView view = online(version);
    store.write(view, LongStream.range(0, ENTITIES).mapToObj(VersionPruningIT::entry).toList());
    assertThat(store.advance(view, Optional.empty(), new Marker(200, 200, 200))).isTrue();
    return log;
  }

  private static String heads(SpendLog log) {
    return log.table().name().replaceAll("`$", "__heads`");
  }

  private static OnlineRecord entry(long id) {
    return new OnlineRecord(
        ValueBytes.of(List.of(Primitive.BIGINT), List.of(id)),
        new FeatureRow(new RowTime(100, 100, 100), List.of(1L, id * 0.5)));
  }

  private static OnlineView online(int version) {
    SpendLog log = new SpendLog(warehouse, version);
    return OnlineView.of(
        "bank",
        registry.shortId(id(version)),
        "account",
        List.of(Primitive.BIGINT),
        log.view().fields(),
        log.view().timing());
  }

  private static ViewId id(int version) {
    return new ViewId("spend", version);
  }

  private static RemovedVersions removed() {
    return new RemovedVersions(database, "bank", CLOCK);
  }

  private static ViewLocks locks() {
    return new FileViewLocks(folder.resolve("locks"), CLOCK);
  }

  private static VersionPruning pruning(Progress progress) {
    return new VersionPruning(
        "bank",
        warehouse,
        store,
        locks(),
        removed(),
        new DatasetCatalog(database, "bank"),
        new RevisionPublisher("bank", store, registry),
        progress);
  }

  @Test
  void tellsWhatAVersionOccupiesAndChangesNothing() {
    SpendLog log = written(2);
    new DatasetCatalog(database, "bank").add(dataset("risk", "spend@2"));
    new DatasetCatalog(database, "bank").add(dataset("other", "spend@1"));

    Leftovers left = pruning(Progress.SILENT).look(id(2));

    assertThat(left.rows()).isEqualTo(ENTITIES + 100);
    assertThat(left.tableBytes()).isEqualTo(bytes(log.table().folders()));
    assertThat(left.online().records()).isEqualTo(ENTITIES);
    assertThat(left.online().markers()).isEqualTo(1);
    assertThat(left.datasets()).extracting(DatasetVersion::name).containsExactly("risk");
    assertThat(left.version().pruned()).isEmpty();
    assertThat(pruning(Progress.SILENT).look(id(2))).isEqualTo(left);
  }

  @Test
  void deletesAllOfAVersionAndNothingElse() throws Exception {
    SpendLog log = written(3);
    List<String> folders = log.table().folders();
    String rows = ContentHash.of(warehouse.spark().table(kept.table().name()));
    Occupancy beside = store.occupancy(online(STAYS));

    Leftovers deleted = pruning(Progress.SILENT).prune(id(3), ANN);

    assertThat(deleted.rows()).isEqualTo(ENTITIES + 100);
    assertThat(folders).hasSize(2).allSatisfy(each -> assertThat(Path.of(each)).doesNotExist());
    assertNothingIsLeft(3);
    assertThat(ContentHash.of(warehouse.spark().table(kept.table().name()))).isEqualTo(rows);
    assertThat(store.occupancy(online(STAYS))).isEqualTo(beside);
    assertThat(store.revision("bank").toCompletableFuture().get().orElseThrow().fingerprint())
        .isEqualTo(registry.current().orElseThrow().fingerprint());
  }

  @Test
  void endsWhatWasStoppedAnywhereWhenItIsDoneAgain() {
    int version = 4;
    List<String> stoppedAt = new ArrayList<>();
    for (int step = 1; version <= VERSIONS; step++, version++) {
      written(version);
      StoppedAt progress = new StoppedAt(step);
      ViewId id = id(version);
      try {
        pruning(progress).prune(id, ANN);
        assertNothingIsLeft(version);
        break;
      } catch (StoppedAt.Stopped e) {
        stoppedAt.add(progress.last);
      }
      assertThat(removed().load(id).pruned().map(PrunedVersion::finished).orElse(false)).isFalse();

      pruning(Progress.SILENT).look(id);
      pruning(Progress.SILENT).prune(id, ANN);

      assertNothingIsLeft(version);
    }
    assertThat(stoppedAt)
        .containsExactly(
            "looking at spend@4",
            "showing servers the newest revision",
            "removing the records of spend@6",
            "removing the tables of spend@7",
            "removing the files of spend@8",
            "removing the files of spend@9");
  }

  @Test
  void refusesWhatTheNewestRevisionHas() {
    assertThatThrownBy(() -> pruning(Progress.SILENT).prune(id(STAYS), ANN))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("view 'spend@1' is in the newest revision");
    assertThat(store.occupancy(online(STAYS)).records()).isEqualTo(ENTITIES);
  }

  @Test
  void waitsForNobodyWhoRunsTheView() {
    try (ViewLocks.Held held = locks().acquire(id(VERSIONS))) {
      assertThatThrownBy(() -> pruning(Progress.SILENT).prune(id(VERSIONS), ANN))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("is locked by");
      held.ensureHeld();
    }
    assertThat(removed().load(id(VERSIONS)).pruned()).isEmpty();
  }

  private static void assertNothingIsLeft(int version) {
    Leftovers left = pruning(Progress.SILENT).look(id(version));
    assertThat(left.isNothing()).isTrue();
    assertThat(left.version().pruned().orElseThrow().finished()).isTrue();
    left.version()
        .pruned()
        .orElseThrow()
        .folders()
        .forEach(each -> assertThat(Path.of(each)).doesNotExist());
    assertThat(warehouse.spark().sql("show tables in plumb.bank").collectAsList())
        .extracting(row -> row.getString(1))
        .doesNotContain("spend__v" + version, "spend__v" + version + "__heads");
  }

  private static DatasetVersion dataset(String name, String view) {
    return new DatasetVersion(
        name,
        1,
        "{\"views\":[{\"view\":\"%s\"}],\"on_demand_views\":[{\"view\":\"spend@2\"}]}"
            .formatted(view),
        "hash",
        "path",
        CLOCK.instant());
  }

  private static long bytes(List<String> folders) {
    return folders.stream()
        .map(Path::of)
        .flatMap(VersionPruningIT::files)
        .mapToLong(file -> file.toFile().length())
        .sum();
  }

  /** Those that are seen by the file system of Hadoop, which hides its checksums. */
  private static Stream<Path> files(Path folder) {
    try {
      return Files.walk(folder)
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().endsWith(".crc"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends a process where it stands, at a step. */
  private static final class StoppedAt implements Progress {
    private final int step;
    private int steps;
    private String last = "";

    StoppedAt(int step) {
      this.step = step;
    }

    private static final class Stopped extends RuntimeException {
      private static final long serialVersionUID = 1;
    }

    @Override
    public void at(String what) {
      last = what;
      if (++steps == step) {
        throw new Stopped();
      }
    }
  }
}
