package dev.plumbline.offline.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.offline.ContentHash;
import dev.plumbline.offline.dataset.DatasetOptions.StatusColumns;
import dev.plumbline.offline.dataset.DatasetVerification.Compared;
import dev.plumbline.offline.dataset.DatasetVerification.Verdict;
import dev.plumbline.registry.DatasetVersion;
import dev.plumbline.type.Micros;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets of some hundred labels: built again, at another position, and split. */
class DatasetVerificationIT {
  private static final Instant FIRST = Instant.parse("2026-03-01T02:00:00Z");
  private static final Instant MIDDLE = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LAST = Instant.parse("2026-03-01T23:00:00Z");
  private static final int ACCOUNTS = 60;
  private static final int LABELS = 700;

  @TempDir Path folder;
  private Bank bank;

  @BeforeEach
  void open() {
    bank = Bank.in(folder, 2);
    bank.write("payments.csv", payments());
    bank.write("questions.csv", questions(LABELS));
    bank.backfill(FIRST, MIDDLE, stamp(1));
    bank.backfill(MIDDLE.plus(Duration.ofHours(1)), LAST, stamp(2));
  }

  @AfterEach
  void close() {
    bank.close();
  }

  private static Instant stamp(int run) {
    return Bank.NOW.minusSeconds(100L - run);
  }

  private static String payments() {
    Random random = new Random(1);
    StringBuilder lines = new StringBuilder("id,at,amount\n");
    for (int i = 0; i < 2_000; i++) {
      lines
          .append(random.nextInt(ACCOUNTS))
          .append(',')
          .append(Instant.parse("2026-03-01T00:00:00Z").plusSeconds(random.nextInt(82_000)))
          .append(',')
          .append(random.nextInt(1_000) / 8.0)
          .append('\n');
    }
    return lines.toString();
  }

  /** The first of more questions are the same. */
  private static String questions(int count) {
    Random random = new Random(2);
    StringBuilder lines = new StringBuilder("id,asked,late\n");
    for (int i = 0; i < count; i++) {
      lines
          .append(random.nextInt(ACCOUNTS + 5))
          .append(',')
          .append(FIRST.plusSeconds(random.nextInt(75_000)))
          .append(',')
          .append(random.nextInt(2))
          .append('\n');
    }
    return lines.toString();
  }

  @Test
  void isTheSameWithAnyNumberOfThreadsAndPartitions() {
    DatasetVersion built = build(DatasetOptions.DEFAULT);

    for (int parts : List.of(1, 16)) {
      bank.reopen(parts);
      bank.warehouse().spark().conf().set("spark.sql.shuffle.partitions", parts);

      Verdict verdict = bank.verification().verify(built);

      assertThat(verdict.rebuiltHash()).as("%d parts", parts).isEqualTo(built.contentHash());
      assertThat(verdict.holds()).isTrue();
      assertThat(verdict.labels()).isEqualTo(Compared.SAME);
      assertThat(verdict.columns()).isEmpty();
    }
  }

  @Test
  void isTheSameAfterMaintenanceAndLaterRuns() {
    DatasetVersion built = build(DatasetOptions.DEFAULT.with(new LogPosition.AsOf(stamp(1))));

    bank.write("payments.csv", payments() + "1,2026-03-01T05:30:00Z,1000\n");
    bank.backfill(FIRST, LAST, stamp(3)); // corrects what was known then
    bank.maintain();

    assertThat(bank.verification().verify(built).holds()).isTrue();
  }

  @Test
  void tellsThatALabelChangedAndWhichColumns() {
    DatasetVersion built = build(DatasetOptions.DEFAULT);

    bank.write("questions.csv", questions(LABELS).replaceFirst(",[01]\n", ",7\n"));
    Verdict changed = bank.verification().verify(built);
    bank.write("questions.csv", questions(LABELS + 1));
    Verdict more = bank.verification().verify(built);

    assertThat(changed.holds()).isFalse();
    assertThat(changed.labels()).isEqualTo(Compared.CHANGED);
    assertThat(changed.columns()).containsExactly("late");
    assertThat(more.rows()).isEqualTo(LABELS);
    assertThat(more.rebuiltRows()).isEqualTo(LABELS + 1);
    assertThat(more.files()).isEqualTo(Compared.SAME);
  }

  @Test
  void tellsThatFilesChangedOrAreGone() {
    DatasetVersion built = build(DatasetOptions.DEFAULT);
    Path files = Path.of(built.path());

    rows(built).limit(3).write().mode("append").parquet(files.resolve("split=train").toString());
    Verdict touched = bank.verification().verify(built);
    Folders.delete(files);
    Verdict gone = bank.verification().verify(built);

    assertThat(touched.isRebuilt()).isTrue();
    assertThat(touched.files()).isEqualTo(Compared.CHANGED);
    assertThat(gone.isRebuilt()).isTrue();
    assertThat(gone.files()).isEqualTo(Compared.UNKNOWN);
    assertThat(gone.holds()).isFalse();
  }

  @Test
  void isBuiltAgainOfTheRevisionOfThen() {
    DatasetVersion built = build(DatasetOptions.DEFAULT.with(StatusColumns.DECLINED));

    bank.apply(Bank.DEFINITIONS.replace("dataset: training", "dataset: other"));

    assertThat(bank.verification().verify(built).holds()).isTrue();
    assertThat(rows(built).columns())
        .containsExactly("id", "asked", "late", "account__total", "split");
  }

  @Test
  void knowsNoMoreThanTheLogDidAsOfAnInstant() {
    DatasetVersion newest = build(DatasetOptions.DEFAULT);
    DatasetVersion earlier = build(DatasetOptions.DEFAULT.with(new LogPosition.AsOf(stamp(1))));

    assertThat(position(newest)).isEqualTo(stamp(2));
    assertThat(position(earlier)).isEqualTo(stamp(1));
    assertThat(earlier.contentHash()).isNotEqualTo(newest.contentHash());
    String upToMiddle = "asked < '2026-03-01T13:00:00Z'";
    assertThat(ContentHash.of(rows(earlier).where(upToMiddle)))
        .isEqualTo(ContentHash.of(rows(newest).where(upToMiddle)));
    assertThatThrownBy(() -> build(DatasetOptions.DEFAULT.with(new LogPosition.AsOf(stamp(0)))))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "spend@1 has no run that was over at %s (expected: an instant at or after %s, when its first was)",
            stamp(0), stamp(1));
  }

  @Test
  void anEntityStaysInItsSplitWhenLabelsAreAdded() {
    split("{by: account, train: 0.6, validation: 0.2, test: 0.2, seed: 7}");
    Map<Long, String> before = splits(build(DatasetOptions.DEFAULT));
    bank.write("questions.csv", questions(3 * LABELS));

    Map<Long, String> after = splits(build(DatasetOptions.DEFAULT));

    assertThat(after).containsAllEntriesOf(before).hasSizeGreaterThanOrEqualTo(before.size());
    assertThat(before.values()).contains("train", "validation", "test");
    assertThat(before.values()).filteredOn("train"::equals).hasSizeBetween(25, 53);
    split("{by: id, train: 0.6, validation: 0.2, test: 0.2, seed: 7}");
    assertThat(splits(build(DatasetOptions.DEFAULT))).isEqualTo(after);
    split("{by: id, train: 0.6, validation: 0.2, test: 0.2, seed: 8}");
    assertThat(splits(build(DatasetOptions.DEFAULT))).isNotEqualTo(after);
    split("{by: id, train: 0.5, test: 0.5}");
    assertThat(splits(build(DatasetOptions.DEFAULT)).values()).containsOnly("train", "test");
  }

  /** The questions of one instant are answered on one side: here there are many of each. */
  @Test
  void aSplitByTimeCutsBetweenInstants() {
    split("{by: time, train: 0.6, validation: 0.2, test: 0.2}");
    bank.write(
        "questions.csv",
        questions(LABELS).replaceAll("T(..):..:..Z", "T$1:00:00Z").replaceAll("Z,.*", "Z,0"));

    DatasetVersion built = build(DatasetOptions.DEFAULT);

    List<Row> times =
        rows(built)
            .groupBy("split")
            .agg(
                functions.min("asked").cast("string"),
                functions.max("asked").cast("string"),
                functions.count("*"))
            .orderBy(functions.min("asked"))
            .collectAsList();
    assertThat(times)
        .extracting(row -> row.getString(0))
        .containsExactly("train", "validation", "test");
    assertThat(times.get(0).getString(2)).isLessThan(times.get(1).getString(1));
    assertThat(times.get(1).getString(2)).isLessThan(times.get(2).getString(1));
    assertThat(times.get(0).getLong(3)).isBetween(LABELS / 2L, LABELS * 7L / 10);
    JsonNode split = DatasetFiles.parse(built.manifest()).path("split");
    assertThat(split.path("train_ends").asText())
        .isEqualTo(times.get(0).getString(2).replace(' ', 'T') + "Z");
    assertThat(split.path("validation_ends").asText())
        .isEqualTo(times.get(1).getString(2).replace(' ', 'T') + "Z");
    assertThat(bank.verification().verify(built).holds()).isTrue();
  }

  @Test
  void theManifestSaysWhatItWasBuiltFrom() {
    split("{by: account, train: 0.8, test: 0.2, seed: 7}");

    JsonNode manifest = DatasetFiles.parse(build(DatasetOptions.DEFAULT).manifest());

    assertThat(manifest.path("split").toString())
        .isEqualTo("{\"by\":\"account\",\"seed\":7,\"train\":0.8,\"validation\":0.0,\"test\":0.2}");
    assertThat(manifest.path("labels").path("content_hash").asText()).hasSize(64);
    assertThat(manifest.path("views").path(0).path("fingerprint").asText()).hasSize(64);
    assertThat(manifest.path("features").path(0).asText()).isEqualTo("account:total@1");
    assertThat(manifest.path("versions").path("plumbline").asText()).isNotBlank();
    assertThat(manifest.has("code")).isFalse();
    JsonNode status = manifest.path("columns").path(4);
    assertThat(status.path("name").asText()).isEqualTo("account__spend__status");
    long missing = status.path("statuses").path("MISSING").asLong();
    assertThat(missing).isPositive();
    assertThat(status.path("status_shares").path("MISSING").asDouble())
        .isEqualTo(missing / (double) LABELS);
    JsonNode value = manifest.path("columns").path(3);
    assertThat(value.path("null_share").asDouble())
        .isEqualTo(value.path("nulls").asLong() / (double) LABELS);
  }

  @Test
  void changesAreThoseOfTheManifests() {
    DatasetVersion first = build(DatasetOptions.DEFAULT);
    DatasetVersion second = build(DatasetOptions.DEFAULT.with(new LogPosition.AsOf(stamp(1))));

    ManifestChanges changes = ManifestChanges.between(first, second);

    assertThat(changes.rows()).isEqualTo(ManifestChanges.Rows.OTHER_VALUES);
    assertThat(changes.changes())
        .extracting(ManifestChanges.Change::what)
        .contains("as of", "content hash", "spend@1 log position", "account__total nulls")
        .doesNotContain("rows", "registry revision", "spend@1 fingerprint", "labels' content hash");
    assertThat(ManifestChanges.between(first, first).changes()).isEmpty();
    assertThat(ManifestChanges.between(first, first).rows()).isEqualTo(ManifestChanges.Rows.SAME);
  }

  @Test
  void diffTellsFirstWhatWasAskedAndOfAColumnOfOneSideThatItIsThere() {
    DatasetVersion first = build(DatasetOptions.DEFAULT);
    DatasetVersion second = build(DatasetOptions.DEFAULT.with(StatusColumns.DECLINED));
    DatasetVersion third =
        build(
            DatasetOptions.DEFAULT
                .with(StatusColumns.DECLINED)
                .with(new LogPosition.AsOf(stamp(1))));

    ManifestChanges declined = ManifestChanges.between(first, second);
    ManifestChanges earlier = ManifestChanges.between(first, third);

    assertThat(declined.rows()).isEqualTo(ManifestChanges.Rows.OTHER_COLUMNS);
    assertThat(declined.changes())
        .containsSubsequence(
            new ManifestChanges.Change("status columns", "true", "false"),
            new ManifestChanges.Change("account__spend__status", "string", "-"))
        .filteredOn(change -> change.what().contains("account__spend__status"))
        .hasSize(1);
    assertThat(earlier.rows()).isEqualTo(ManifestChanges.Rows.OTHER_COLUMNS_AND_VALUES);
    assertThat(earlier.changes())
        .extracting(ManifestChanges.Change::what)
        .startsWith("as of", "status columns");
  }

  @Test
  void theManifestSaysWhichValuesStandInForMissing() {
    bank.apply(Bank.DEFINITIONS.replace("total@1]", "total@1]\ndefaults: {account:total@1: -1.5}"));

    JsonNode columns = DatasetFiles.parse(build(DatasetOptions.DEFAULT).manifest()).path("columns");

    assertThat(columns)
        .filteredOn(column -> column.has("default"))
        .singleElement()
        .satisfies(
            column -> {
              assertThat(column.path("name").asText()).isEqualTo("account__total");
              assertThat(column.path("default").asText()).isEqualTo("-1.5");
            });
  }

  private void split(String split) {
    bank.apply(Bank.DEFINITIONS + "split: " + split + "\n");
  }

  private DatasetVersion build(DatasetOptions options) {
    return bank.build().build("training", options).version();
  }

  private Dataset<Row> rows(DatasetVersion version) {
    return bank.warehouse().spark().read().parquet(version.path());
  }

  private static Instant position(DatasetVersion version) {
    return Micros.instant(
        DatasetFiles.parse(version.manifest()).path("views").path(0).path("log_position").asLong());
  }

  /** From each account to its split, which is one. */
  private Map<Long, String> splits(DatasetVersion version) {
    Map<Long, String> splits = new HashMap<>();
    for (Row row : rows(version).select("id", "split").distinct().collectAsList()) {
      assertThat(splits.put(row.getLong(0), row.getString(1))).as("%s", row).isNull();
    }
    return splits;
  }
}
