package dev.plumbline.offline.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.About;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.Source.Format;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.plan.Amount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers of rows that are written down somewhere, beside those that Spark counts. */
class SourceSizeIT {
  @TempDir static Path folder;
  private static Warehouse warehouse;
  private static SparkSession spark;

  @BeforeAll
  static void write() {
    warehouse =
        Warehouse.local(
            "size", "jdbc:sqlite:" + folder.resolve("catalog.db"), folder.resolve("warehouse"), 1);
    spark = warehouse.spark();
    spark.range(1_000).repartition(3).write().parquet(folder.resolve("many").toString());
    spark.range(77).coalesce(1).write().parquet(folder.resolve("other").toString());
    spark.sql("create table plumb.size.events (id bigint) using iceberg");
    spark.sql("insert into plumb.size.events select id from range(500)");
    spark.sql("insert into plumb.size.events select id from range(11)");
  }

  @AfterAll
  static void stop() {
    warehouse.close();
  }

  @Test
  void ofParquetFilesStandInTheirFooters() {
    String many = folder.resolve("many").toString();
    String other = folder.resolve("other").toString();

    assertThat(here(source(Format.PARQUET, many, Optional.empty()), List.of(many, other)))
        .isEqualTo(new Amount.Known(spark.read().parquet(many, other).count(), "4 files"));
    assertThat(here(source(Format.PARQUET, other, Optional.empty()), List.of(other)))
        .isEqualTo(new Amount.Known(77, "1 file"));
  }

  @Test
  void ofAnIcebergTableStandInItsSnapshot() {
    Source events = source(Format.ICEBERG, "plumb.size.events", Optional.empty());

    assertThat(
            new SourceSize(source -> List.of(source.place()), Optional.of(() -> spark))
                .rows(events))
        .isEqualTo(
            new Amount.Known(spark.table("plumb.size.events").count(), "the newest snapshot"));
    assertThat(here(events, List.of("plumb.size.events")))
        .isEqualTo(new Amount.Unknown("an Iceberg table is found by Spark only"));
  }

  @Test
  void areUnknownWhereTheyStandNowhere() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.parquet"), "no Parquet");
    String gone = folder.resolve("gone").toString();

    assertThat(here(source(Format.CSV, "a.csv", Optional.empty()), List.of("a.csv")))
        .isEqualTo(new Amount.Unknown("text is counted by reading it only"));
    assertThat(here(source(Format.PARQUET, gone, Optional.empty()), List.of(gone)))
        .isEqualTo(new Amount.Unknown("there is no " + gone));
    assertThat(here(source(Format.PARQUET, "x", Optional.empty()), List.of(broken.toString())))
        .isInstanceOf(Amount.Unknown.class);
    assertThat(here(source(Format.PARQUET, "x", Optional.empty()), List.of("s3a://bucket/x")))
        .isEqualTo(new Amount.Unknown("it does not lie on this machine"));
    assertThat(here(source(Format.PARQUET, gone, Optional.of("select * from raw")), List.of(gone)))
        .isEqualTo(new Amount.Unknown("its rows are those of a query"));
  }

  /** With nothing but this machine's files. */
  private static Amount here(Source source, List<String> places) {
    return new SourceSize(each -> places, Optional.empty()).rows(source);
  }

  private static Source source(Format format, String place, Optional<String> query) {
    return new Source(
        "events",
        format,
        place,
        new Source.EventTime.Constant(Instant.EPOCH),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        query,
        Optional.empty(),
        Source.BadRows.FAIL,
        About.NOTHING);
  }
}
