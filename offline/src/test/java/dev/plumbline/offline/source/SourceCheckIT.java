package dev.plumbline.offline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.definition.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that is not what a source declares is found before anything runs; and queries over it. */
class SourceCheckIT {
  private static final String COLUMNS =
      """
      event_time: at
      columns:
        - {name: id, type: bigint}
        - {name: at, type: timestamp}
        - {name: amount, type: double}
      """;

  private static final String ROW = "timestamp'2026-03-01T10:00:00Z' at, 2.5D amount";

  @TempDir static Path folder;
  private static SourceBench bench;

  @BeforeAll
  static void open() {
    bench = new SourceBench(folder);
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Test
  void namesBothTypesOfAColumnThatIsNotTheSameInAllFiles() {
    Path place = bench.parquet("mixed", "select 1L id, " + ROW);
    bench.parquet("mixed", "select 2 id, " + ROW);

    assertThatThrownBy(() -> bench.open(parquet(""), place))
        .isInstanceOf(SourceMismatchException.class)
        .hasMessageMatching(
            "(?s)source 'orders' at .*/mixed:\n  column 'id' is (int|bigint) in /.*parquet \\(expected: (int|bigint), as in /.*parquet\\); write one of them anew");
  }

  @Test
  void namesAColumnThatDiffersInCaseAndAPartOfANestedOne() {
    Path place =
        bench.parquet(
            "nested", "select 1L ID, timestamp'2026-03-01' at, named_struct('net', 2D) amount");

    assertThatThrownBy(() -> bench.open(parquet(""), place))
        .hasMessage(
            """
            source 'orders' at %s:
              column 'amount' is struct<net: double> (declared: double); name the part that is meant: expr: amount.net
              column 'id' (bigint) is missing; the data has 'ID', which differs in case: rename it, or write expr: ID"""
                .formatted(place));
  }

  @Test
  void namesTheFileThatCannotBeRead() throws IOException {
    Path place = bench.parquet("broken", "select 1L id, " + ROW);
    Files.writeString(
        place.resolve("part-x.parquet"), "this is no Parquet file, however long it is");

    assertThatThrownBy(() -> bench.open(parquet(""), place))
        .isInstanceOf(SourceMismatchException.class)
        .hasMessageContaining("part-x.parquet cannot be read:")
        .hasMessageContaining("is not a Parquet file");
  }

  @Test
  void namesTheFileThatBreaksWhileItIsRead() throws IOException {
    Path place = bench.parquet("torn", "select id, " + ROW + " from range(100000)");
    SourceReader reader = bench.reader(any -> List.of(place.toString()));
    SourceRows rows = reader.open(parquet(""));
    Path file = onlyFile(place);
    byte[] bytes = Files.readAllBytes(file);
    java.util.Arrays.fill(bytes, 4, 4_000, (byte) 0x5a);
    Files.write(file, bytes);
    Files.deleteIfExists(place.resolve("." + file.getFileName() + ".crc"));

    assertThatThrownBy(
            () -> {
              try {
                rows.rows().selectExpr("sum(id)", "max(at)", "max(amount)").collectAsList();
              } catch (Exception e) {
                throw reader.explained(parquet(""), e);
              }
            })
        .isInstanceOf(SourceMismatchException.class)
        .hasMessageContaining(file.getFileName().toString());
  }

  private static Path onlyFile(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.filter(each -> each.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  @Test
  void namesFoldersWithoutFilesAndPlacesThatAreNotThere() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Path nowhere = folder.resolve("nowhere");
    for (String format : List.of("parquet", "csv", "json")) {
      Source source = SourceBench.source("format: " + format + "\npath: unused\n" + COLUMNS);
      assertThatThrownBy(() -> bench.open(source, empty))
          .hasMessage(
              "source 'orders' at %s:\n  holds no files (expected: 1 or more; names that begin with '_' or '.' do not count)"
                  .formatted(empty));
      assertThatThrownBy(() -> bench.open(source, nowhere))
          .hasMessage(
              "source 'orders' at %1$s:\n  Path does not exist: file:%1$s.".formatted(nowhere));
    }
  }

  @Test
  void namesEverythingThatIsWrongWithHeaders() {
    bench.file("headers/a.csv", "id,at,amount\n");
    bench.file("headers/b.csv", "id,amount,at\n");
    bench.file("headers/c.csv", "id,ID,at,,amount\n");
    bench.file("headers/d.csv", "");
    Path place = folder.resolve("headers");

    assertThatThrownBy(() -> bench.open(csv(""), place))
        .hasMessage(
            """
            source 'orders' at %1$s:
              %1$s/c.csv: its CSV header names 'ID' twice (also as 'id'); rename one
              %1$s/c.csv: column 4 of its CSV header has no name
              %1$s/d.csv is empty (expected: a header that names the columns); remove it
              %1$s/b.csv: its CSV header is id, amount, at (expected: id, at, amount, as in %1$s/a.csv); write it anew
              %1$s/c.csv: its CSV header is id, ID, at, , amount (expected: id, at, amount, as in %1$s/a.csv); write it anew
              %1$s/d.csv: its CSV header is  (expected: id, at, amount, as in %1$s/a.csv); write it anew"""
                .formatted(place));
  }

  @Test
  void refusesAnExprThatReadsAClockOrDraws() {
    Path place = bench.parquet("clock", "select 1L id, " + ROW);
    Source source =
        SourceBench.source(
            """
            format: parquet
            path: unused
            event_time: at
            columns:
              - {name: at, type: timestamp, expr: "coalesce(at, current_timestamp)"}
              - {name: id, type: bigint, expr: ids + 1}
              - {name: amount, type: double, expr: amount * rand()}
            """);

    assertThatThrownBy(() -> bench.open(source, place))
        .hasMessage(
            """
            source 'orders' at %s:
              column 'amount': expr:1:10: 'rand' gives another value each time (expected: values that depend on the data alone)
              column 'at': expr:1:14: 'current_timestamp' gives another value each time (expected: values that depend on the data alone)
              column 'id': expr:1:1: unknown column 'ids' (expected: one of id, at, amount); did you mean 'id'?"""
                .formatted(place));
  }

  @Test
  void readsWhatAQueryMakesOfRawRows() {
    Path place =
        bench.parquet(
            "changes",
            "select * from values (1L, 1, 1.0D), (1L, 2, 2.0D), (2L, 1, 3.0D) as t(id, version, amount)");
    Source source =
        parquet(
            """
            query: |
              select id, timestamp'2026-03-01T10:00:00Z' at, amount
              from (select *, row_number() over (partition by id order by version desc) n from raw)
              where n = 1
            """);

    assertThat(bench.rows(bench.open(source, place), "id", "amount"))
        .extracting(Row::toString)
        .containsExactlyInAnyOrder("[1,2.0]", "[2,3.0]");
  }

  @Test
  void saysWhereAQueryDoesNotFitTheData() {
    Path place = bench.parquet("query", "select 1L id, " + ROW);

    assertThatThrownBy(
            () -> bench.open(parquet("query: |\n  select id,\n    ats at from raw\n"), place))
        .hasMessage(
            "source 'orders' at %s:\n  query:2:3: unknown column 'ats' (expected: one of id, at, amount); did you mean 'at'?"
                .formatted(place));
    assertThatThrownBy(
            () ->
                bench.open(parquet("query: select id, at, current_date amount from raw\n"), place))
        .hasMessageContaining("query:1:16: 'current_date' gives another value each time");
    assertThatThrownBy(
            () ->
                bench.open(
                    parquet(
                        "query: select id, max(at) at, sum(amount) amount from raw group by id\n"),
                    place))
        .hasMessageContaining("query:1:24: 'sum' of double depends on the order of rows");
    assertThatThrownBy(
            () -> bench.open(parquet("query: select id, at, amount, at as AT from raw\n"), place))
        .hasMessageContaining("its result has 'AT' twice");
  }

  @Test
  void readsOneSnapshotOfATableOfAnyCatalogAndItsQuery() {
    bench.spark().conf().set("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog");
    bench.spark().conf().set("spark.sql.catalog.lake.type", "hadoop");
    bench.spark().conf().set("spark.sql.catalog.lake.warehouse", folder.resolve("lake").toString());
    bench
        .spark()
        .sql("create table lake.raw.orders (id bigint, at timestamp, amount double) using iceberg");
    bench
        .spark()
        .sql(
            "insert into lake.raw.orders values (1, timestamp'2026-03-01T10:00:00Z', 1), (2, null, 2)");
    SourceReader reader = bench.reader(any -> List.of("lake.raw.orders"));
    SourceRows all = reader.open(iceberg(""));
    SourceRows some = reader.open(iceberg("query: select * from raw where id < 2\n"));

    bench.spark().sql("insert into lake.raw.orders values (0, timestamp'2026-03-01T10:00:00Z', 3)");

    assertThat(bench.rows(all, "id"))
        .extracting(row -> row.getLong(0))
        .containsExactlyInAnyOrder(1L, 2L);
    assertThat(all.withoutTime()).isOne();
    assertThat(bench.rows(some, "id")).extracting(row -> row.getLong(0)).containsExactly(1L);
    assertThat(reader.read(iceberg("")).count()).isEqualTo(3);
  }

  @Test
  void namesATableThatIsNotThereOrHasNoRows() {
    bench
        .spark()
        .sql("create table plumb.raw.none (id bigint, at timestamp, amount int) using iceberg");

    assertThatThrownBy(() -> bench.reader(any -> List.of("plumb.raw.gone")).open(iceberg("")))
        .isInstanceOf(SourceMismatchException.class)
        .hasMessageContaining("source 'orders' at plumb.raw.gone")
        .hasMessageContaining("(expected: an Iceberg table, as catalog.namespace.table)");
    assertThat(bench.reader(any -> List.of("plumb.raw.none")).read(iceberg("")).count()).isZero();
  }

  @Test
  void countsRowsWithoutAnEventTime() {
    Path place =
        bench.parquet(
            "untimed",
            "select 1L id, cast(null as timestamp) at, 1D amount union all select 2L, timestamp'2026-03-01', 1D");

    assertThat(bench.open(parquet(""), place).withoutTime()).isOne();
  }

  private static Source parquet(String more) {
    return SourceBench.source("format: parquet\npath: unused\n" + more + COLUMNS);
  }

  private static Source csv(String more) {
    return SourceBench.source("format: csv\npath: unused\n" + more + COLUMNS);
  }

  private static Source iceberg(String more) {
    return SourceBench.source("format: iceberg\ntable: unused\n" + more + COLUMNS);
  }
}
