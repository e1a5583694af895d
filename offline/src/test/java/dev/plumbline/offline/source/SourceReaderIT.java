package dev.plumbline.offline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.DefinitionLoader;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.materialize.ChangeLogJob;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.run.PlannedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same two rows in every format, and data that is not what a source declares. */
class SourceReaderIT {
  private static final String COLUMNS =
      """
      columns:
        - {name: id, type: bigint}
        - {name: at, type: timestamp}
        - {name: amount, type: double}
        - {name: note, type: string}
      """;

  private static final List<Row> ROWS =
      List.of(
          RowFactory.create(1L, Instant.parse("2026-03-01T10:00:00.123456Z"), 2.5, "a, b"),
          RowFactory.create(2L, Instant.parse("1969-12-31T23:59:59Z"), null, null));

  @TempDir static Path folder;
  private static Warehouse warehouse;

  @BeforeAll
  static void open() {
    String uri = "jdbc:sqlite:" + folder.resolve("catalog.db");
    warehouse = Warehouse.local("shop", uri, folder.resolve("warehouse"), 2);
    warehouse.spark().conf().set("spark.sql.datetime.java8API.enabled", "true");
  }

  @AfterAll
  static void close() {
    warehouse.close();
  }

  @Test
  void readsCsv() throws IOException {
    Path file = folder.resolve("orders.csv");
    Files.writeString(
        file,
        """
        note,id,at,amount,ignored
        "a, b",1,2026-03-01T10:00:00.123456Z,2.5,x
        ,2,1969-12-31T23:59:59Z,,y
        """);

    assertThat(read("csv", COLUMNS, file)).containsExactlyInAnyOrderElementsOf(ROWS);
  }

  @Test
  void takesTextWithoutAnOffsetToBeLocalToTheSourcesZone() throws IOException {
    Path file = folder.resolve("local.csv");
    Files.writeString(
        file,
        """
        note,id,at,amount
        local,1,2001-06-15 12:00:00,1
        offset,2,2001-06-15 12:00:00+02:00,1
        universal,3,2001-06-15T12:00:00Z,1
        """);

    assertThat(read("csv", "zone: America/Los_Angeles\n" + COLUMNS, file))
        .extracting(row -> row.get(1))
        .containsExactlyInAnyOrder(
            Instant.parse("2001-06-15T19:00:00Z"),
            Instant.parse("2001-06-15T10:00:00Z"),
            Instant.parse("2001-06-15T12:00:00Z"));
  }

  @Test
  void refusesFilesWhoseHeadersDiffer() throws IOException {
    Path several = Files.createDirectories(folder.resolve("several.csv"));
    Files.writeString(
        several.resolve("january.csv"), "id,at,amount,note\n1,2001-01-01T00:00:00Z,1,a\n");
    Files.writeString(
        several.resolve("february.csv"), "id,at,note,amount\n2,2001-02-01T00:00:00Z,b,2\n");

    assertThatThrownBy(() -> read("csv", COLUMNS, several)).hasStackTraceContaining("CSV header");
  }

  @Test
  void readsJson() throws IOException {
    Path file = folder.resolve("orders.json");
    Files.writeString(
        file,
        """
        {"id": 1, "at": "2026-03-01T10:00:00.123456Z", "amount": 2.5, "note": "a, b"}
        {"id": 2, "at": "1969-12-31T23:59:59Z", "amount": null}
        """);

    assertThat(read("json", COLUMNS, file)).containsExactlyInAnyOrderElementsOf(ROWS);
  }

  @Test
  void readsParquetFilesWithDifferentColumns() {
    Path file = folder.resolve("orders.parquet");
    write(
        "select 1L id, timestamp'2026-03-01T10:00:00.123456Z' at, 2.5D amount, 'a, b' note", file);
    write("select 'z' other, timestamp'1969-12-31T23:59:59Z' at, 2L id", file);

    assertThat(read("parquet", COLUMNS, file)).containsExactlyInAnyOrderElementsOf(ROWS);
  }

  @Test
  void widensNarrowerNumbers() {
    write(
        "select 1L id, timestamp'2026-03-01T10:00:00.123456Z' at, 2.5D amount, 'a, b' note",
        folder.resolve("one"));
    write(
        "select 2 id, timestamp'1969-12-31T23:59:59Z' at, cast(null as float) amount, cast(null as string) note",
        folder.resolve("two"));
    Source source = source("parquet", COLUMNS);
    var one = new SourceReader(warehouse.spark(), any -> List.of(folder.resolve("one").toString()));
    var two = new SourceReader(warehouse.spark(), any -> List.of(folder.resolve("two").toString()));

    assertThat(
            one.read(source)
                .unionAll(two.read(source))
                .select("id", "at", "amount", "note")
                .collectAsList())
        .containsExactlyInAnyOrderElementsOf(ROWS);
  }

  @Test
  void readsAnIcebergTable() {
    warehouse
        .spark()
        .sql(
            "create table plumb.raw.orders (id bigint, at timestamp, amount double, note string) using iceberg");
    warehouse
        .spark()
        .sql(
            "insert into plumb.raw.orders values (1, timestamp'2026-03-01T10:00:00.123456Z', 2.5, 'a, b'), (2, timestamp'1969-12-31T23:59:59Z', null, null)");
    var reader = new SourceReader(warehouse.spark(), any -> List.of("plumb.raw.orders"));

    assertThat(
            reader
                .read(source("iceberg", COLUMNS))
                .select("id", "at", "amount", "note")
                .collectAsList())
        .containsExactlyInAnyOrderElementsOf(ROWS);
  }

  @Test
  void namesEveryColumnThatIsMissingOrOfAnotherType() {
    Path file = folder.resolve("changed.parquet");
    write("select '1' id, timestamp'2026-03-01T10:00:00Z' at, 2.5D total, 7 note", file);

    assertThatThrownBy(() -> read("parquet", COLUMNS, file))
        .isInstanceOf(SourceMismatchException.class)
        .hasMessageContaining("source 'orders' at " + file)
        .hasMessageContaining("column 'id' is string (declared: bigint)")
        .hasMessageContaining(
            "column 'amount' (double) is missing; the data has id, at, total, note")
        .hasMessageContaining("column 'note' is int (declared: string)");
  }

  @Test
  void refusesPlacesThatItWouldNotRead() {
    var two = new SourceReader(warehouse.spark(), any -> List.of("raw.one", "raw.two"));
    var none = new SourceReader(warehouse.spark(), any -> List.of());

    assertThatThrownBy(() -> two.read(source("iceberg", COLUMNS)))
        .isInstanceOf(SourceMismatchException.class)
        .hasMessageContaining("2 places for format iceberg (expected: 1)");
    assertThatThrownBy(() -> none.read(source("csv", COLUMNS)))
        .isInstanceOf(SourceMismatchException.class)
        .hasMessageContaining("0 places for format csv (expected: 1 or more)");
  }

  @Test
  void namesThePlaceThatIsNotThere() {
    assertThatThrownBy(() -> read("parquet", COLUMNS, folder.resolve("nowhere")))
        .isInstanceOf(SourceMismatchException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void writesNothingWhenTheDataIsNotAsDeclared() {
    Path file = folder.resolve("retyped.parquet");
    write("select 1L id, '2026-03-01T10:00:00Z' at, 2.5D amount, 'n' note", file);

    assertThatThrownBy(() -> materialize("parquet", file, 1))
        .isInstanceOf(SourceMismatchException.class)
        .hasMessageContaining("column 'at' is string (declared: timestamp)");

    assertThat(committed(1)).isZero();
  }

  @Test
  void writesNothingWhenATextIsNotOfItsType() throws IOException {
    Path file = folder.resolve("words.csv");
    Files.writeString(file, "id,at,amount,note\n1,2026-03-01T10:00:00Z,much,n\n");

    assertThatThrownBy(() -> materialize("csv", file, 2))
        .isInstanceOf(SourceMismatchException.class)
        .hasMessageContaining("source 'orders' at " + file)
        .hasMessageContaining("words.csv:2: column 'amount': 'much' is no double");

    assertThat(committed(2)).isZero();
  }

  private static void write(String query, Path file) {
    warehouse.spark().sql(query).write().mode("append").parquet(file.toString());
  }

  private static List<Row> read(String format, String columns, Path file) {
    return new SourceReader(warehouse.spark(), source -> List.of(file.toString()))
        .read(source(format, columns))
        .select("id", "at", "amount", "note")
        .collectAsList();
  }

  private static Revision revision(String format, String columns) {
    String place = format.equals("iceberg") ? "table" : "path";
    String text =
        """
        entity: customer
        keys: [{name: id, type: bigint}]
        ---
        feature_view: spend
        version: 1
        entity: customer
        source: orders
        keys: {id: id}
        every: 1d
        features: [{name: last_amount, expr: amount}]
        ---
        source: orders
        format: %s
        %s: unused
        event_time: at
        %s"""
            .formatted(format, place, columns);
    return new DefinitionLoader("shop").load(new TreeMap<>(Map.of("shop.yaml", text)));
  }

  private static Source source(String format, String columns) {
    return revision(format, columns).source("orders");
  }

  private static void materialize(String format, Path file, long stamp) {
    Revision revision = revision(format, COLUMNS);
    long day = 86_400_000_000L;
    FeatureView view = revision.view(new ViewId("spend", 1));
    SourceReader reader = new SourceReader(warehouse.spark(), source -> List.of(file.toString()));
    new ChangeLogJob(warehouse, reader)
        .commit(
            view,
            revision.entity("customer"),
            reader.open(revision.source("orders")),
            new PlannedRun.Backfill(stamp, 20_000 * day, 21_000 * day),
            new Ledger(view.timing(), List.of()));
  }

  private static long committed(long stamp) {
    Revision revision = revision("csv", COLUMNS);
    var table = warehouse.table(revision.view(new ViewId("spend", 1)), revision.entity("customer"));
    return table.exists()
        ? table.rowsUpTo(Long.MAX_VALUE).count() + table.committedRows(stamp).orElse(0)
        : 0;
  }
}
