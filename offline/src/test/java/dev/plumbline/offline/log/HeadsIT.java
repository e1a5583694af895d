package dev.plumbline.offline.log;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.DefinitionLoader;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.offline.CommittedRows;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Run;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.Micros;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What heads say of a log, against the log itself; and how rows become part of it. */
class HeadsIT {
  private static final long SECOND = 1_000_000;
  private static final int RUNS = 20;

  private static final String DEFINITIONS =
      """
      entity: pair
      keys: [{name: a, type: string}, {name: b, type: int}]
      ---
      source: events
      format: parquet
      path: unused
      event_time: at
      columns: [{name: a, type: string}, {name: b, type: int}, {name: at, type: timestamp}, {name: x, type: bigint}]
      ---
      feature_view: %s
      version: 1
      entity: pair
      source: events
      keys: {a: a, b: b}
      every: 1s
      features: [{name: x, expr: sum(x), window: 5s}]
      """;

  @TempDir static Path folder;
  private static Warehouse warehouse;

  @BeforeAll
  static void open() {
    warehouse =
        Warehouse.local(
            "heads", "jdbc:sqlite:" + folder.resolve("catalog.db"), folder.resolve("warehouse"), 2);
  }

  @AfterAll
  static void close() {
    warehouse.close();
  }

  @Test
  void sayWhatTheLogSaysAtAnyRefresh() {
    long seed = 11;
    Random random = new Random(seed);
    Log log = new Log("looked_up");
    for (int run = 1; run <= RUNS; run++) {
      log.append(run, random);
      long refresh = (run - random.nextInt(6)) * SECOND;

      Map<Bytes, List<FeatureRow>> since = log.read(log.heads().logSince(refresh, log.ledger()));

      String when = "after run %d since %d, seed %d".formatted(run, refresh, seed);
      assertThat(newestAt(refresh, since)).as(when).isEqualTo(newestAt(refresh, log.rows));
      assertThat(after(refresh, since)).as(when).isEqualTo(after(refresh, log.rows));
    }
    assertThat(log.read(log.heads().newest(log.ledger())))
        .isEqualTo(newestAt(Long.MAX_VALUE, log.rows));
    assertThat(size(log.read(log.heads().logSince(Long.MAX_VALUE, log.ledger()))))
        .as("rows read of %d", size(log.rows))
        .isLessThan(size(log.rows) / 2);
  }

  @Test
  void belongToOneLogAlone() {
    Log old = new Log("made_again");
    Random random = new Random(5);
    for (int run = 1; run <= 4; run++) {
      old.append(run, random);
    }
    old.read(old.heads().newest(old.ledger()));
    warehouse.spark().sql("drop table " + old.table.name());
    Log made = new Log("made_again");
    for (int run = 1; run <= 4; run++) {
      made.append(run, random);
    }

    assertThat(made.read(made.heads().newest(made.ledger())))
        .isEqualTo(newestAt(Long.MAX_VALUE, made.rows));
  }

  @Test
  void rowsAreNoPartOfTheLogBeforeTheyAreCommitted() {
    Log log = new Log("staged");
    log.append(1, new Random(1));
    StagedRun staged = log.table.stage(2);

    assertThat(staged.write(log.frame(2, new Random(2)))).isPositive();

    assertThat(log.table.committedRows(2)).isEmpty();
    assertThat(log.table.rowsUpTo(Long.MAX_VALUE).count()).isEqualTo(size(log.rows));
    staged.commit();
    assertThat(log.table.committedRows(2)).isPresent();
  }

  @Test
  void aTaskThatFailsLeavesNoFile() throws Exception {
    Log log = new Log("failing");
    StagedRun staged = log.table.stage(1);
    JavaRDD<InternalRow> failing =
        log.frame(1, new Random(1))
            .mapPartitionsWithIndex(
                (bucket, rows) ->
                    bucket == 1 ? new FailingAtTheEnd(rows) : Collections.emptyIterator(),
                true);

    assertThatThrownBy(() -> staged.write(failing)).hasStackTraceContaining("no more rows");

    try (Stream<Path> files = Files.walk(Path.of(iceberg(log).location()))) {
      assertThat(files.filter(file -> file.toString().endsWith(".parquet"))).isEmpty();
    }
  }

  private record FailingAtTheEnd(Iterator<InternalRow> rows) implements Iterator<InternalRow> {
    @Override
    public boolean hasNext() {
      if (!rows.hasNext()) {
        throw new IllegalStateException("no more rows can be read");
      }
      return true;
    }

    @Override
    public InternalRow next() {
      return rows.next();
    }
  }

  @Test
  void aRunIsNotCommittedOverAnother() {
    Log log = new Log("overtaken");
    log.append(1, new Random(1));
    StagedRun late = log.table.stage(2);
    late.write(log.frame(2, new Random(2)));
    StagedRun other = log.table.stageBeside(3);
    other.write(log.frame(3, new Random(3)));
    other.commit();

    assertThatThrownBy(late::commit)
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("changed by somebody else since run 2 has read it");

    late.discard();
    assertThat(log.table.committedRows(2)).isEmpty();
    assertThat(log.table.committedRows(3)).isPresent();
  }

  @Test
  void anAttemptThatWasGivenUpCannotCommit() {
    Log log = new Log("given_up");
    StagedRun killed = log.table.stage(1);
    killed.write(log.frame(1, new Random(1)));
    log.table.stage(1).discard();

    assertThatThrownBy(killed::commit).isInstanceOf(ConflictException.class);

    assertThat(log.table.committedRows(1)).isEmpty();
    assertThat(log.table.rowsUpTo(Long.MAX_VALUE).isEmpty()).isTrue();
  }

  @Test
  void anAttemptThatWasGivenUpBeforeItWroteCannotCommit() {
    Log log = new Log("given_up_early");
    log.append(1, new Random(1));
    long rows = log.table.rowsUpTo(Long.MAX_VALUE).count();
    StagedRun late = log.table.stage(2);
    log.table.discardStaged();

    late.write(log.frame(2, new Random(2)));

    assertThatThrownBy(late::commit).isInstanceOf(ConflictException.class);
    assertThat(log.table.rowsUpTo(Long.MAX_VALUE).count()).isEqualTo(rows);
  }

  @Test
  void anAttemptWhoseBranchIsMadeAnewCannotCommitBehindWhoeverTookOver() throws Exception {
    Log log = new Log("made_anew");
    log.append(1, new Random(1));
    StagedRun killed = log.table.stage(2);
    String branch =
        iceberg(log).refs().keySet().stream()
            .filter(ref -> ref.startsWith("run_"))
            .findFirst()
            .orElseThrow();
    log.append(2, new Random(2));
    long rows = log.table.rowsUpTo(Long.MAX_VALUE).count();
    Table table = iceberg(log);
    table.manageSnapshots().createBranch(branch, table.currentSnapshot().snapshotId()).commit();
    killed.write(log.frame(2, new Random(3)));

    assertThatThrownBy(killed::commit).isInstanceOf(ConflictException.class);

    assertThat(log.table.rowsUpTo(Long.MAX_VALUE).count()).isEqualTo(rows);
  }

  private static Table iceberg(Log log) throws Exception {
    return Spark3Util.loadIcebergTable(warehouse.spark(), log.table.name());
  }

  /** Of each entity the newest row with {@code event_time <= refresh}. */
  private static Map<Bytes, List<FeatureRow>> newestAt(
      long refresh, Map<Bytes, List<FeatureRow>> rows) {
    Map<Bytes, List<FeatureRow>> newest = new HashMap<>();
    rows.forEach(
        (entity, log) ->
            log.stream()
                .filter(row -> row.time().eventTime() <= refresh)
                .max(Comparator.comparing(FeatureRow::time))
                .ifPresent(row -> newest.put(entity, List.of(row))));
    return newest;
  }

  private static Set<FeatureRow> after(long refresh, Map<Bytes, List<FeatureRow>> rows) {
    return rows.values().stream()
        .flatMap(List::stream)
        .filter(row -> row.time().eventTime() > refresh)
        .collect(Collectors.toSet());
  }

  private static int size(Map<Bytes, List<FeatureRow>> rows) {
    return rows.values().stream().mapToInt(List::size).sum();
  }

  /** A log to which live runs are added, one a second, most rows for their own refresh. */
  private static final class Log {
    private final FeatureView view;
    private final FeatureTable table;
    private final List<Run> runs = new ArrayList<>();
    private Map<Bytes, List<FeatureRow>> rows = Map.of();

    Log(String name) {
      Revision revision =
          new DefinitionLoader("heads")
              .load(new TreeMap<>(Map.of("all.yaml", DEFINITIONS.formatted(name))));
      view = revision.view(new ViewId(name, 1));
      table = warehouse.table(view, revision.entity("pair"));
      table.create();
    }

    Ledger ledger() {
      return new Ledger(view.timing(), runs);
    }

    Heads heads() {
      return table.heads(new Heads.Keeping(3, 1_000, 3));
    }

    void append(int run, Random random) {
      StagedRun staged = table.stage(run);
      staged.write(frame(run, random));
      staged.commit();
      long refresh = run * SECOND;
      runs.add(new Run(run, Run.Kind.LIVE, refresh, refresh, OptionalLong.of(refresh), true));
      rows = CommittedRows.of(table);
    }

    private JavaRDD<InternalRow> frame(int run, Random random) {
      Map<String, Row> lines = new HashMap<>();
      for (int i = 0; i < 10; i++) {
        long back = random.nextInt(4) == 0 ? random.nextInt(3) : 0;
        int key = random.nextInt(20);
        boolean gone = random.nextInt(5) == 0;
        lines.put(
            key + " " + back,
            RowFactory.create(
                "ä" + key % 5,
                key,
                Micros.instant((run - back) * SECOND),
                Micros.instant(run * SECOND),
                Micros.instant(run),
                gone,
                gone ? null : random.nextLong()));
      }
      StructType struct = new StructType();
      for (var field : table.schema().struct().fields()) {
        struct = field.name().equals(LogSchema.BUCKET) ? struct : struct.add(field);
      }
      Dataset<Row> frame =
          warehouse
              .spark()
              .createDataFrame(List.copyOf(lines.values()), struct)
              .withColumn(LogSchema.BUCKET, KeyBuckets.of(List.of(col("a"), col("b"))));
      return BucketedRows.moved(frame);
    }

    Map<Bytes, List<FeatureRow>> read(JavaRDD<InternalRow> read) {
      Map<Bytes, List<FeatureRow>> found = new HashMap<>();
      for (InternalRow row : read.map(InternalRow::copy).collect()) {
        found
            .computeIfAbsent(table.schema().entityKey(row), key -> new ArrayList<>())
            .add(table.schema().featureRow(row));
      }
      return found;
    }
  }
}
