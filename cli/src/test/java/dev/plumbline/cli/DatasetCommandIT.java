package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plumbline.store.local.EphemeralRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets of a small project, before and after a live run. */
class DatasetCommandIT {
  private static final String LATER = " --now 2026-03-01T14:00:00Z";
  private static final String EARLIER = " --as-of 2026-03-01T12:30:00Z";
  private static final String AD_HOC =
      "dataset build --labels %s --time ordered_at --features customer:orders_1d@1,customer:spend_7d@1 --key customer.id=customer --type amount=double --out %s";

  @TempDir static Path folder;

  private static final EphemeralRedis REDIS = EphemeralRedis.start();
  private static ShopProject project;
  private static Terminal.Output before;
  private static Terminal.Output newest;
  private static Terminal.Output earlier;

  @BeforeAll
  static void buildBeforeAndAfterALiveRun() {
    project = ShopProject.in(folder.resolve("shop"), REDIS);
    project.plumb("apply").exits(0);
    project.plumb("materialize --all --from 2026-02-20T00:00:00Z").exits(0);
    project.plumb("materialize --all").exits(0);
    before = project.plumb("dataset build shop_training --format json");
    project.order(ShopProject.ORDERS + "1,7.0,2026-03-01T12:30:00Z\n1,2.0,2026-03-01T13:45:00Z\n");
    project.plumb("materialize --all --now 2026-03-01T13:10:00Z").exits(0);
    newest = project.plumb("dataset build shop_training --format json" + LATER);
    earlier = project.plumb("dataset build shop_training --format json" + LATER + EARLIER);
  }

  @AfterAll
  static void stop() {
    REDIS.close();
  }

  @Test
  void asOfAnInstantBeforeTheLiveRunNothingIsKnownOfIt() throws Exception {
    JsonNode pinned = manifest(3);

    assertThat(version(newest)).isEqualTo(2);
    assertThat(version(earlier)).isEqualTo(3);
    assertThat(pinned.path("views").path(0).path("log_position"))
        .isEqualTo(manifest(1).path("views").path(0).path("log_position"))
        .isNotEqualTo(manifest(2).path("views").path(0).path("log_position"));
    assertThat(orders("v2")).containsExactly("1", "2");
    assertThat(orders("v3")).containsExactly("1", "1");
  }

  /** How many orders of a day the two newest labels know of. */
  private static List<String> orders(String version) throws Exception {
    return query(
        "select customer__orders_1d from %s where ordered_at >= '2026-03-01 12:30:00' order by ordered_at"
            .formatted(files(datasets().resolve(version))));
  }

  @Test
  void anInstantWithoutARunIsNotFoundAndOneToComeIsRefused() {
    assertThat(
            project
                .plumb("dataset build shop_training --as-of 2026-02-01T00:00:00Z" + LATER)
                .exits(5)
                .err())
        .contains("customer_orders@1 has no run that was over at 2026-02-01T00:00:00Z");
    assertThat(
            project
                .plumb("dataset build shop_training --as-of 2026-03-01T13:00:00Z")
                .exits(2)
                .err())
        .contains("yet to come");
  }

  @Test
  void verifyBuildsAgainAlsoAfterMaintenance() throws Exception {
    JsonNode verified =
        project.plumb("dataset verify shop_training --format json" + LATER).json("dataset.verify");
    project.plumb("maintain --all --keep 0s").exits(0);

    assertThat(verified.path("holds").asBoolean()).isTrue();
    assertThat(verified.path("version").asInt()).isEqualTo(3);
    assertThat(project.plumb("dataset verify shop_training@2" + LATER).exits(0).out())
        .contains("shop_training@2: built again, 6 rows are the same");
    assertThat(project.plumb("dataset verify shop_training@1").exits(0).out())
        .contains("4 rows are the same");
  }

  @Test
  void verifyTellsThatLabelsChanged() throws IOException {
    String orders = Files.readString(project.folder().resolve("orders.csv"));
    project.order(orders.replace("99.0", "98.0"));
    try {
      Terminal.Output changed = project.plumb("dataset verify shop_training@1");

      assertThat(changed.exits(7).out())
          .contains("the rows differ", "its labels are not those of then", "differ: amount");
    } finally {
      project.order(orders);
    }
  }

  @Test
  void showTellsTheManifest() throws Exception {
    JsonNode json =
        project.plumb("dataset show shop_training@2 --format json").json("dataset.show");

    assertThat(json.path("manifest")).isEqualTo(manifest(2));
    assertThat(project.plumb("dataset show shop_training").exits(0).out())
        .contains(
            "Dataset shop_training, version 3: 6 rows in",
            "as of 2026-03-01T12:30:00Z",
            "labels        orders at ordered_at, content hash",
            "train 6 (100.00 %), validation 0 (0.00 %), test 0 (0.00 %)",
            "built with    Plumbline 0.1.0, Spark 4",
            "customer_orders@1  ",
            "customer__customer_orders__status");
  }

  @Test
  void diffTellsWhatDiffers() throws Exception {
    JsonNode json =
        project
            .plumb("dataset diff shop_training@1 shop_training@2 --format json")
            .json("dataset.diff");

    assertThat(json.path("same_rows").asBoolean()).isFalse();
    assertThat(json.path("changes").findValuesAsText("what"))
        .contains("built at", "rows", "labels' content hash", "customer_orders@1 log position")
        .doesNotContain("registry revision");
    assertThat(project.plumb("dataset diff shop_training@2 shop_training@2").exits(0).out())
        .contains("shop_training@2 and shop_training@2: the same rows");
    assertThat(project.plumb("dataset diff shop_training@1 shop_training@2").exits(0).out())
        .contains("shop_training@1 and shop_training@2: the values differ");
  }

  @Test
  void listTellsOfEachVersionWhatItIs() {
    assertThat(project.plumb("dataset list").exits(0).out().lines().map(String::strip))
        .satisfiesExactly(
            line -> assertThat(line).matches("dataset +rows +built at +as of +content hash +path"),
            line ->
                assertThat(line)
                    .matches(
                        "shop_training@1 +4 +2026-03-01T12:00:00Z +newest +[0-9a-f]{12} +/.*/v1"),
            line -> assertThat(line).startsWith("shop_training@2  6 "),
            line -> assertThat(line).contains(" 2026-03-01T12:30:00Z "));
  }

  @Test
  void whatWasNeverBuiltIsNotFound() {
    assertThat(project.plumb("dataset show shop").exits(5).err())
        .contains("no dataset 'shop' was built; known: [shop_training]; run: plumb dataset build");
    assertThat(project.plumb("dataset show shop_trainin").exits(5).err())
        .contains("no dataset 'shop_trainin' was built; did you mean 'shop_training'?");
    assertThat(project.plumb("dataset verify shop_training@9").exits(5).err())
        .contains("no version 9");
    assertThat(project.plumb("dataset diff shop_training@1 shop_training@x").exits(2).err())
        .contains("NAME@VERSION");
  }

  @Test
  void adHocLabelsOfEveryFormatGiveWhatTheDefinitionGives() throws Exception {
    Path csv = project.folder().resolve("asked.csv");
    Path json = project.folder().resolve("asked.jsonl");
    Path parquet = project.folder().resolve("asked.parquet");
    Files.copy(project.folder().resolve("orders.csv"), csv);
    query(
        "copy (select * from read_csv('%s', all_varchar = true)) to '%s' (format json) "
            .formatted(csv, json));
    query(
        "copy (select customer::bigint as customer, amount::double as amount, ordered_at::timestamptz as ordered_at from read_csv('%s')) to '%s' (format parquet)"
            .formatted(csv, parquet));

    for (Path labels : List.of(csv, json, parquet)) {
      Path out = folder.resolve(labels.getFileName() + ".out");

      Terminal.Output built =
          project.plumb(AD_HOC.formatted(labels, out) + LATER + " --format json");

      assertThat(built.json("dataset.build").path("rows").asInt()).isEqualTo(6);
      String columns =
          "customer, ordered_at, amount, customer__orders_1d, customer__spend_7d, customer__customer_orders__status";
      String defined = "select %s from %s".formatted(columns, files(datasets().resolve("v2")));
      String adHoc = "select * from '%s/*.parquet'".formatted(out);
      assertThat(query("(%s) except all (%s)".formatted(adHoc, defined)))
          .as("%s", labels)
          .isEmpty();
      assertThat(query("(%s) except all (%s)".formatted(defined, adHoc))).isEmpty();
      assertThat(
              new JsonMapper()
                  .readTree(out.resolve("_manifest.json").toFile())
                  .path("rows")
                  .asInt())
          .isEqualTo(6);
    }
    assertThat(project.plumb("dataset list --format json").json("dataset.list").path("datasets"))
        .hasSize(3);
  }

  /** An INT96 would be read as a time of no zone. */
  @Test
  void timesAreWrittenAsMicrosecondsInUtc() throws Exception {
    String schema = "from parquet_schema('%s/*/*.parquet')".formatted(datasets().resolve("v1"));

    assertThat(query("select distinct logical_type " + schema + " where name = 'ordered_at'"))
        .singleElement()
        .asString()
        .contains("isAdjustedToUTC=1", "MICROS=MicroSeconds");
    assertThat(query("select name " + schema + " where type = 'INT96'")).isEmpty();
  }

  @Test
  void labelColumnsMayHaveAnyName() throws Exception {
    Path labels = project.folder().resolve("odd.csv");
    Path out = folder.resolve("odd");
    String orders = Files.readString(project.folder().resolve("orders.csv"));
    Files.writeString(
        labels, orders.replace("\n", ",7\n").replaceFirst(",7\n", ",a.b c`d \u00e9\n"));

    project.plumb(AD_HOC.formatted(labels, out) + LATER).exits(0);

    assertThat(query("select \"a.b c`d \u00e9\"::int from '%s/*.parquet'".formatted(out)))
        .hasSize(6)
        .containsOnly(query("select 7").get(0));
  }

  @Test
  void statusesMayBeDeclinedAndRolesNamed() throws Exception {
    Path out = folder.resolve("declined");
    project
        .plumb(
            "dataset build --labels %s --time ordered_at --features buyer:orders_1d@1 --role buyer=customer --key buyer.id=customer --no-status --out %s"
                    .formatted(project.folder().resolve("orders.csv"), out)
                + LATER)
        .exits(0);

    assertThat(
            query("select column_name from (describe select * from '%s/*.parquet')".formatted(out)))
        .containsExactly("customer", "ordered_at", "amount", "buyer__orders_1d");
    assertHoldsDataAndAManifestOnly(out);
  }

  private static void assertHoldsDataAndAManifestOnly(Path dataset) throws IOException {
    try (Stream<Path> files = Files.walk(dataset)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .contains("_manifest.json")
          .hasSizeGreaterThan(1)
          .allMatch(name -> name.equals("_manifest.json") || name.matches("part-.*\\.parquet"));
    }
  }

  /** Settings that Spark is not started with; whatever comes before has its own message. */
  @Test
  void whatCanBeToldWithoutSparkDoesNotWaitForIt() throws IOException {
    Path csv = project.folder().resolve("orders.csv");
    Path taken = Files.createDirectories(folder.resolve("full"));
    Files.writeString(taken.resolve("file"), "");
    Path header = Files.writeString(folder.resolve("header.csv"), "customer,ordered_at\n\n");
    Path empty = Files.writeString(folder.resolve("empty.parquet"), "");
    String out = folder.resolve("never").toString();
    String columns = "name a Parquet, CSV or .jsonl file with the columns ordered_at, customer";
    System.setProperty("spark.sql.ansi.enabled", "false");
    try {
      assertThat(project.plumb(AD_HOC.formatted(csv, taken)).exits(4).err())
          .contains("is there already (expected: no such folder, or an empty one); name another");
      assertThat(project.plumb(AD_HOC.formatted("gone.csv", out)).exits(5).err())
          .contains("gone.csv: no such file (expected: labels); " + columns);
      assertThat(project.plumb(AD_HOC.formatted("orders.xlsx", out)).exits(3).err())
          .contains("the ending says no format", columns);
      for (Path nothing : List.of(header, empty)) {
        assertThat(project.plumb(AD_HOC.formatted(nothing, out)).exits(3).err())
            .contains(nothing + " holds no labels (expected: one or more); " + columns);
      }
      assertThat(project.plumb(AD_HOC.formatted(csv, out)).exits(3).err())
          .contains("spark.sql.ansi.enabled is 'false'");
    } finally {
      System.clearProperty("spark.sql.ansi.enabled");
    }
  }

  @Test
  void whatAnAdHocDatasetLacksIsTold() throws IOException {
    Path csv = project.folder().resolve("orders.csv");
    Path taken = Files.createDirectories(folder.resolve("taken"));
    Files.writeString(taken.resolve("file"), "");
    String out = folder.resolve("never").toString();

    assertThat(project.plumb(AD_HOC.formatted(csv, taken) + LATER).exits(4).err())
        .contains("is there already");
    assertThat(project.plumb(AD_HOC.formatted("gone.csv", out) + LATER).exits(5).err())
        .contains("gone.csv: no such file");
    assertThat(project.plumb(AD_HOC.formatted("plumb.yaml", out) + LATER).exits(3).err())
        .contains("the ending says no format");
    assertThat(
            project
                .plumb(
                    AD_HOC.formatted(csv, out).replace("--key customer.id=customer ", "") + LATER)
                .exits(3)
                .err())
        .contains("no column 'id' for key 'id' of role 'customer' (--key customer.id=COLUMN");
    assertThat(
            project
                .plumb(AD_HOC.formatted(csv, out).replace("orders_1d@1", "orders@1"))
                .exits(5)
                .err())
        .contains("customer:orders@1");
    assertThat(
            project
                .plumb(AD_HOC.formatted(csv, out).replace("customer.id=", "customer.key="))
                .exits(5)
                .err())
        .contains("unknown key 'customer.key'");
    assertThat(project.plumb(AD_HOC.formatted(csv, out)).exits(3).err())
        .contains("lie after 2026-03-01T12:00:00Z");
    Path named = project.folder().resolve("named.csv");
    Files.writeString(named, "id,ordered_at,customer__orders_1d\n1,2026-02-28T10:00:00Z,7\n");
    String lines = "dataset build --labels %s --time ordered_at --out %s".formatted(named, out);
    assertThat(project.plumb(lines + " --features customer:orders_1d@1").exits(3).err())
        .contains("label column 'customer__orders_1d' has the name of a column of the join");
    assertThat(
            project
                .plumb(
                    lines
                        + " --features buyer:orders_1d@1,seller:orders_1d@1 --role buyer=customer --role seller=customer")
                .exits(3)
                .err())
        .contains("would have the same keys", "--key seller.id=COLUMN");
    assertThat(Files.exists(Path.of(out))).isFalse();
  }

  @Test
  void dvcFindsTheHashesThatItWouldCompute() throws Exception {
    Path data = datasets().resolve("v1");
    assertHoldsDataAndAManifestOnly(data);
    project.plumb("dataset export shop_training@1 --dvc").exits(0);

    List<String> entries = new ArrayList<>();
    long size = 0;
    try (Stream<Path> all = Files.walk(data)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        size += Files.size(file);
        entries.add(
            "{\"md5\": \"%s\", \"relpath\": \"%s\"}"
                .formatted(md5(Files.readAllBytes(file)), data.relativize(file)));
      }
    }
    entries.sort(Comparator.comparing(entry -> entry.substring(entry.indexOf("relpath"))));
    String listing = "[" + String.join(", ", entries) + "]";
    assertThat(datasets().resolve("v1.dvc"))
        .hasContent(
            "outs:\n- md5: %s.dir\n  size: %d\n  nfiles: %d\n  hash: md5\n  path: v1\n"
                .formatted(md5(listing.getBytes("UTF-8")), size, entries.size()));
  }

  @Test
  void theRealDvcAcceptsTheFile() throws Exception {
    assumeTrue(isInstalled("dvc"), "dvc is not installed");
    project.plumb("dataset export shop_training@2 --dvc").exits(0);
    Path written = datasets().resolve("v2.dvc");
    String ours = Files.readString(written);
    Path elsewhere = project.folder().resolve("tracked/orders.dvc");
    project.plumb("dataset export shop_training@2 --dvc --to " + elsewhere).exits(0);

    run("dvc", "init", "--no-scm", "-q");
    String status = run("dvc", "status", written.toString());
    Files.delete(written);
    Files.move(elsewhere, elsewhere.resolveSibling("kept"));
    run("dvc", "add", "-q", datasets().resolve("v2").toString());

    assertThat(Files.readString(written)).isEqualTo(ours);
    Files.delete(written);
    Files.move(elsewhere.resolveSibling("kept"), elsewhere);
    assertThat(run("dvc", "status", elsewhere.toString())).contains("up to date");
    assertThat(status).doesNotContain("modified").doesNotContain("deleted");
  }

  @Test
  void mlflowGetsTextsOnly() throws Exception {
    JsonNode entry =
        project
            .plumb("dataset export shop_training@1 --mlflow --format json")
            .json("dataset.export")
            .path("mlflow");
    Path file = folder.resolve("entry.json");
    project.plumb("dataset export shop_training@1 --mlflow --to " + file).exits(0);

    assertThat(entry.fieldNames())
        .toIterable()
        .containsExactly("name", "digest", "source_type", "source", "schema", "profile");
    assertThat(entry).allMatch(JsonNode::isTextual);
    assertThat(entry.path("digest").asText()).hasSize(10);
    JsonNode schema = new JsonMapper().readTree(entry.path("schema").asText());
    assertThat(schema.path("mlflow_colspec").path(0).toString())
        .isEqualTo("{\"type\":\"long\",\"name\":\"customer\",\"required\":true}");
    assertThat(new JsonMapper().readTree(entry.path("profile").asText()).path("num_rows").asInt())
        .isEqualTo(4);
    assertThat(new JsonMapper().readTree(file.toFile())).isEqualTo(entry);
    assertThat(project.plumb("dataset export shop_training").exits(2).err()).contains("--dvc");
  }

  private static JsonNode manifest(int version) throws IOException {
    return new JsonMapper()
        .readTree(datasets().resolve("v" + version).resolve("_manifest.json").toFile());
  }

  private static int version(Terminal.Output built) throws Exception {
    assertThat(before.code()).isZero();
    return built.json("dataset.build").path("version").asInt();
  }

  private static Path datasets() {
    return project.folder().resolve(".plumb/datasets/shop_training");
  }

  private static String files(Path dataset) {
    return "read_parquet('%s/*/*.parquet', hive_partitioning = true)".formatted(dataset);
  }

  /** The first column of what DuckDB answers, in UTC. */
  private static List<String> query(String sql) throws Exception {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        var statement = duckdb.createStatement()) {
      statement.execute("set timezone = 'UTC'");
      List<String> values = new ArrayList<>();
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            values.add(rows.getString(1));
          }
        }
      }
      return values;
    }
  }

  private static String md5(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  private static String run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(project.folder().toFile())
            .redirectErrorStream(true)
            .start();
    String out = process.inputReader().lines().collect(Collectors.joining("\n"));
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }
}
