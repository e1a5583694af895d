package dev.plumbline.offline.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.offline.CommittedRows;
import dev.plumbline.offline.ContentHash;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.RunReport.Maintained;
import dev.plumbline.offline.SpendLog;
import dev.plumbline.offline.SpendLog.Line;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.log.LogSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that many runs have written to, before and after somebody tidies up. */
class ViewMaintenanceIT {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int RUNS = 6;

  @TempDir static Path folder;
  private static Warehouse warehouse;

  @BeforeAll
  static void open() {
    warehouse = warehouse(folder);
  }

  private static Warehouse warehouse(Path folder) {
    return Warehouse.local(
        "bank", "jdbc:sqlite:" + folder.resolve("catalog.db"), folder.resolve("warehouse"), 2);
  }

  @AfterAll
  static void close() {
    warehouse.close();
  }

  /** A log of some runs; of every run all entities have a row. */
  private static SpendLog written(int version) {
    SpendLog log = new SpendLog(warehouse, version);
    for (int run = 1; run <= RUNS; run++) {
      log.commit(run * 100, lines(run));
    }
    return log;
  }

  private static List<Line> lines(int run) {
    return LongStream.range(0, 200)
        .mapToObj(id -> new Line(id, run, run, id % 7 == run ? null : id * 0.1 + run))
        .toList();
  }

  @Test
  void putsFilesTogetherAndChangesNoRow() {
    SpendLog log = written(1);
    var rows = CommittedRows.of(log.table());
    List<String> positions = positions(log);

    Maintained done = maintain(log, DAY);

    assertThat(done.execution()).isEqualTo(Maintained.Execution.DONE);
    assertThat(done.before().count()).isEqualTo(8 * RUNS);
    assertThat(done.after().count()).isEqualTo(8);
    assertThat(done.after().bytes()).isLessThan(done.before().bytes());
    assertThat(done.rewritten()).isEqualTo(8 * RUNS);
    assertThat(CommittedRows.of(log.table())).isEqualTo(rows);
    assertThat(positions(log)).isEqualTo(positions);
    assertThat(hash(log)).isEqualTo(done.contentHash());
  }

  @Test
  void hasNothingToDoTheSecondTime() throws Exception {
    SpendLog log = written(2);
    maintain(log, Duration.ZERO, tomorrow());
    Path location = location(log);
    List<Path> files = files(location);

    Maintained again = maintain(log, Duration.ZERO, tomorrow());

    assertThat(again.rewritten() + again.snapshots() + again.orphans()).isZero();
    assertThat(files(location)).isEqualTo(files);
  }

  @Test
  void leavesOlderRowsAloneWhereNewOnesAreAskedFor() throws Exception {
    SpendLog log = written(3);
    maintain(log, DAY);
    log.commit(900, lines(9));

    assertThat(filesRead(log, Expressions.greaterThan(LogSchema.CREATED_AT, 600L))).isEqualTo(8);
    assertThat(filesRead(log, Expressions.greaterThan(LogSchema.EVENT_TIME, 6L))).isEqualTo(8);
    assertThat(filesRead(log, Expressions.lessThan(LogSchema.CREATED_AT, 601L))).isEqualTo(8);
    assertThat(filesRead(log, Expressions.alwaysTrue())).isEqualTo(16);
  }

  @Test
  void sortsByKeyAndTime() {
    SpendLog log = written(4);
    maintain(log, DAY);

    List<Row> bucket =
        warehouse
            .spark()
            .table(log.table().name())
            .where("_bucket = 3")
            .select("id", "_event_time")
            .collectAsList();

    assertThat(bucket)
        .hasSizeGreaterThan(50)
        .isSortedAccordingTo(
            (one, other) -> {
              int byKey = Long.compare(one.getLong(0), other.getLong(0));
              return byKey != 0 ? byKey : one.getInstant(1).compareTo(other.getInstant(1));
            });
  }

  @Test
  void keepsTheFilesOfWhoeverBeganToReadBefore() {
    SpendLog log = written(5);
    Dataset<Row> reader = log.table().rowsUpTo(300);
    var planned = reader.queryExecution().toRdd();

    maintain(log, DAY);

    assertThat(planned.count()).isEqualTo(600);
    assertThat(ContentHash.of(reader)).isEqualTo(ContentHash.of(log.table().rowsUpTo(300)));
  }

  @Test
  void forgetsSnapshotsOnceNobodyCanReadThemAndTheirFilesWithThem() throws Exception {
    SpendLog log = written(6);
    maintain(log, DAY);
    long snapshots = snapshots(log);
    assertThat(snapshots).isGreaterThan(RUNS);

    Maintained later = maintain(log, DAY, tomorrow());

    assertThat(later.snapshots()).isEqualTo(snapshots - 1);
    assertThat(snapshots(log)).isOne();
    assertThat(dataFiles(location(log))).hasSize(8);
    assertThat(later.after()).isEqualTo(later.before());
  }

  @Test
  void removesOrphansThatAreOldEnough() throws Exception {
    SpendLog log = written(7);
    Path young = Files.writeString(location(log).resolve("data/_bucket=1/young.parquet"), "?");
    Path old = Files.writeString(location(log).resolve("data/_bucket=1/old.parquet"), "?");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));

    Maintained planned = plan(log, DAY);
    assertThat(old).exists();
    Maintained done = maintain(log, DAY);

    assertThat(planned.orphans()).isOne();
    assertThat(done.orphans()).isOne();
    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void aPlanTellsAndChangesNothing() throws Exception {
    SpendLog log = written(8);
    List<Path> files = files(location(log));

    Maintained planned = plan(log, DAY);

    assertThat(planned.execution()).isEqualTo(Maintained.Execution.PLANNED);
    assertThat(planned.rewritten()).isEqualTo(8 * RUNS);
    assertThat(planned.snapshots()).isZero();
    assertThat(planned.before()).isEqualTo(planned.after());
    assertThat(files(location(log))).isEqualTo(files);
  }

  @Test
  void findsTheLastRunByItsSnapshot() {
    SpendLog log = written(9);

    maintain(log, DAY, tomorrow());
    log.commit(900, lines(9));

    assertThat(log.table().committedRows(900)).hasValue(200);
    assertThat(log.table().committedRows(901)).isEmpty();
  }

  @Test
  void keepsSomeSnapshotsOfTheTableBesideTheLog() throws Exception {
    SpendLog log = written(10);
    String heads = log.table().name().replaceAll("`$", "__heads`");
    warehouse.spark().range(5).writeTo(heads).using("iceberg").create();
    for (int i = 0; i < 8; i++) {
      warehouse.spark().range(5).writeTo(heads).overwrite(functions.lit(true));
    }

    maintain(log, Duration.ZERO, tomorrow());

    assertThat(warehouse.spark().table(heads + ".snapshots").count()).isEqualTo(5);
    assertThat(warehouse.spark().table(heads).count()).isEqualTo(5);
  }

  @Test
  @Tag("long")
  void aTableIsWholeWhereverMaintenanceWasKilled(@TempDir Path other) throws Exception {
    SpendLog log = written(11);
    String hash = "";
    int run = RUNS;
    for (String step : List.of("compacting", "expiring", "removing")) {
      log.commit(++run * 100, lines(run));
      hash = hash(log);
      Process killed = MaintainingProcess.start(folder, 11);
      awaitStep(killed, step);
      killed.destroyForcibly().waitFor();

      assertThat(hash(log)).as("killed while %s", step).isEqualTo(hash);
    }
    assertThat(maintain(log, Duration.ZERO, tomorrow()).contentHash()).isEqualTo(hash);
    assertThat(dataFiles(location(log))).hasSize(8);
  }

  private static void awaitStep(Process process, String step) throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(step)) {
        try {
          TimeUnit.MILLISECONDS.sleep(700); // into the middle of the step
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        return;
      }
    }
    throw new IllegalStateException("it ended before " + step);
  }

  private static Maintained maintain(SpendLog log, Duration keep) {
    return maintain(log, keep, InstantSource.system());
  }

  private static Maintained maintain(SpendLog log, Duration keep, InstantSource machine) {
    return maintenance(keep, machine).run(log.view().id(), log.table(), () -> {}).orElseThrow();
  }

  private static Maintained plan(SpendLog log, Duration keep) {
    return maintenance(keep, InstantSource.system())
        .plan(log.view().id(), log.table())
        .orElseThrow();
  }

  private static ViewMaintenance maintenance(Duration keep, InstantSource machine) {
    return new ViewMaintenance(warehouse.spark(), machine, keep, Progress.SILENT);
  }

  private static InstantSource tomorrow() {
    return InstantSource.fixed(Instant.now().plus(DAY).plusSeconds(1));
  }

  /** The rows at the position of each run, as a dataset sees them. */
  private static List<String> positions(SpendLog log) {
    return LongStream.rangeClosed(1, RUNS)
        .mapToObj(run -> ContentHash.of(log.table().rowsUpTo(run * 100)))
        .toList();
  }

  private static String hash(SpendLog log) {
    return ContentHash.of(warehouse.spark().table(log.table().name()));
  }

  private static long snapshots(SpendLog log) {
    return warehouse.spark().table(log.table().name() + ".snapshots").count();
  }

  private static long filesRead(SpendLog log, Expression filter) throws Exception {
    try (CloseableIterable<FileScanTask> files =
        iceberg(log).newScan().filter(filter).planFiles()) {
      return StreamSupport.stream(files.spliterator(), false).count();
    }
  }

  private static Path location(SpendLog log) throws Exception {
    return Path.of(iceberg(log).location());
  }

  private static Table iceberg(SpendLog log) throws Exception {
    return Spark3Util.loadIcebergTable(warehouse.spark(), log.table().name());
  }

  private static List<Path> dataFiles(Path location) {
    return files(location.resolve("data")).stream()
        .filter(file -> file.toString().endsWith(".parquet"))
        .toList();
  }

  private static List<Path> files(Path location) {
    try (Stream<Path> files = Files.walk(location)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
