package dev.plumbline.offline.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.Source;
import dev.plumbline.offline.WarehouseCatalog;
import dev.plumbline.offline.source.SeenColumns.Seen;
import dev.plumbline.offline.source.SeenColumns.Unseen;
import dev.plumbline.project.Login;
import dev.plumbline.registry.TestingPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen of data without Spark is what Spark finds when it reads it. */
class DataSightIT {
  private static final String COLUMNS =
      "event_time: {constant: 2001-01-01T00:00:00Z}\ncolumns: [{name: id, type: bigint}]\n";

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
  void seesParquetOfEveryType() {
    Path place =
        bench.parquet(
            "types",
            """
            select true b, 1Y tiny, 2S small, 3 i, 4L id, 1.5F f, 2.5D d, 12.34BD dec, 'x' s, x'00ff' bin,
              date'2026-03-01' day, timestamp'2026-03-01' ts, timestamp_ntz'2026-03-01' ntz,
              array(1, null) ints, map('k', array(1.5D)) map, named_struct('a b', 1, 'c', array(named_struct('d', 'e'))) nest
            """);

    assertThat(seen("parquet", place)).isEqualTo(bySpark("parquet", place));
  }

  @Test
  void seesWhatFilesAndFoldersOfParquetHaveTogether() {
    Path place = folder.resolve("days");
    bench.parquet(
        "days/day=2026-03-01/part=a", "select 1L id, 1.5D x, cast(1.2 as decimal(5,1)) d");
    bench.parquet(
        "days/day=2026-03-02/part=b", "select 2L id, 'late' y, cast(1.2 as decimal(9,1)) d");
    Path other = bench.parquet("days_more", "select 3L id, array('z') z");

    assertThat(seen("parquet", place)).isEqualTo(bySpark("parquet", place));
    assertThat(seen("parquet", place).fieldNames()).contains("day", "part", "x", "y");
    assertThat(seen("parquet", other)).isEqualTo(bySpark("parquet", other));
    Path some = Path.of(place + "/day=*/part=b");
    assertThat(seen("parquet", some)).isEqualTo(bySpark("parquet", some));
  }

  @Test
  void seesTheHeadersOfCsvFiles() throws IOException {
    bench.file("csv/day=1/a.csv", "\uFEFFid,\"the name\",at\n1,x,y\n");
    bench.file("csv/_hidden.csv", "nothing\n");
    Path zipped = folder.resolve("csv/day=2/b.csv.gz");
    Files.createDirectories(zipped.getParent());
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write("\n\nid,the name,at\n".getBytes(StandardCharsets.UTF_8));
    }
    Path place = folder.resolve("csv");

    assertThat(seen("csv", place)).isEqualTo(bySpark("csv", place));
    assertThat(seen("csv", place).fieldNames()).containsExactly("id", "the name", "at", "day");
  }

  @Test
  void seesTheNamesInLinesOfJson() {
    bench.file(
        "json/a.json",
        """
        {"id": 1, "nest": {"a": [1, 2], "b": null}, "list": [{"x": 1}], "odd": 1}
        this is no JSON

        {"id": "2", "nest": {"c": true}, "late": 1.5, "odd": {"now": "a struct"}}
        """);
    bench.file("json/b.json", "{\"id\": 3, \"more\": []}\n");
    Path place = folder.resolve("json");

    assertThat(seen("json", place)).isEqualTo(bySpark("json", place));
    assertThat(seen("json", place).fieldNames())
        .containsExactly("id", "late", "list", "more", "nest", "odd");
  }

  @Test
  void seesATableOfTheWarehouse() {
    bench
        .spark()
        .sql(
            "create table plumb.raw.orders (id bigint, at timestamp_ntz, nest struct<a: array<int>, m: map<string, date>>) using iceberg");
    Source source = SourceBench.source("format: iceberg\ntable: plumb.raw.orders\n" + COLUMNS);

    SeenColumns seen = sight(List.of("plumb.raw.orders")).look(source);

    assertThat(names(((Seen) seen).columns().schema()))
        .isEqualTo(names(bench.spark().table("plumb.raw.orders").schema()));
  }

  @Test
  void seesTablesAndQueriesOfPostgres() throws SQLException {
    TestingPostgres.Database database = TestingPostgres.shared().createDatabase();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create table orders (id int, big bigint, at timestamptz, local timestamp, price numeric(10,2), any_number numeric,
            sold boolean, day date, share real, bytes bytea, words text[], code uuid, word char(3), note varchar(20), js json)
          """);
    }
    Login login = new Login(Optional.of(database.user()), Optional.of(database.password()));

    for (String read :
        List.of("table: orders\n", "query: select id, sum(price) from orders group by id\n")) {
      Source source = jdbc(read);
      assertThat(database(source, database.address(), login))
          .isEqualTo(bySpark(source, database.address(), login));
    }
  }

  @Test
  void seesATableOfSqliteAndLeavesNoFileBehind() throws SQLException {
    String address = "jdbc:sqlite:" + folder.resolve("orders.db");
    try (Connection connection = DriverManager.getConnection(address);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table orders (id integer, big bigint, x double, note text, at timestamp)");
    }
    Login nobody = new Login(Optional.empty(), Optional.empty());
    Source source = jdbc("table: orders\n");

    assertThat(database(source, address, nobody)).isEqualTo(bySpark(source, address, nobody));
    Path missing = folder.resolve("missing.db");
    assertThat(why(databaseSight("jdbc:sqlite:" + missing, nobody).look(source)))
        .contains("the database does not let us in", "unable to open database file");
    assertThat(missing).doesNotExist();
  }

  @Test
  void tellsWhyNothingIsSeen() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("nobody"));
    Source csv = SourceBench.source("format: csv\npath: unused\n" + COLUMNS);
    Source iceberg = SourceBench.source("format: iceberg\ntable: unused.a.b\n" + COLUMNS);
    Source database = jdbc("table: orders\n");

    assertThat(why(sight(List.of(folder + "/nowhere")).look(csv)))
        .isEqualTo("there is nothing at %s/nowhere".formatted(folder));
    assertThat(why(sight(List.of(empty.toString())).look(csv))).startsWith("holds no files");
    assertThat(why(sight(List.of("ftp9://host/x.csv")).look(csv)))
        .isEqualTo("No FileSystem for scheme \"ftp9\"");
    assertThat(why(sight(List.of("lake.raw.orders")).look(iceberg)))
        .startsWith("the catalog 'lake' is known to Spark alone");
    assertThat(why(sight(List.of("plumb.raw.gone")).look(iceberg))).contains("raw.gone");
    assertThat(
            why(
                databaseSight(
                        "jdbc:postgresql://127.0.0.1:1/x",
                        new Login(Optional.of("me"), Optional.empty()))
                    .look(database)))
        .startsWith("the database does not let us in: Connection to 127.0.0.1:1 refused");
  }

  private static StructType seen(String format, Path place) {
    Source source = SourceBench.source("format: " + format + "\npath: unused\n" + COLUMNS);
    Seen seen = (Seen) sight(List.of(place.toString())).look(source);
    assertThat(seen.part()).isEmpty();
    return seen.columns().schema();
  }

  private static StructType bySpark(String format, Path place) {
    Source source = SourceBench.source("format: " + format + "\npath: unused\n" + COLUMNS);
    return bench.reader(any -> List.of(place.toString())).rawColumns(source);
  }

  private static List<String> database(Source source, String address, Login login) {
    return names(((Seen) databaseSight(address, login).look(source)).columns().schema());
  }

  private static List<String> bySpark(Source source, String address, Login login) {
    return names(
        DatabaseRows.read(bench.spark(), source, places(address, login), address).schema());
  }

  /** Names and types alone: Spark keeps more about columns of tables. */
  private static List<String> names(StructType schema) {
    return Arrays.stream(schema.fields())
        .map(field -> field.name() + " " + field.dataType().asNullable().sql())
        .toList();
  }

  private static String why(SeenColumns seen) {
    return ((Unseen) seen).why();
  }

  private static Source jdbc(String read) {
    return SourceBench.source(
        "format: jdbc\nurl: jdbc:postgresql://somewhere/else\n" + read + COLUMNS);
  }

  private static DataSight sight(List<String> at) {
    return new DataSight(any -> at, DataSightIT::catalog);
  }

  private static DataSight databaseSight(String address, Login login) {
    return new DataSight(places(address, login), DataSightIT::catalog);
  }

  private static WarehouseCatalog catalog() {
    return new WarehouseCatalog(
        "jdbc:sqlite:" + folder.resolve("catalog.db"),
        Map.of(),
        folder.resolve("warehouse").toString());
  }

  private static SourcePlaces places(String address, Login login) {
    return new SourcePlaces() {
      @Override
      public List<String> of(Source source) {
        return List.of(address);
      }

      @Override
      public Optional<Login> login(Source source) {
        return Optional.of(login);
      }
    };
  }
}
