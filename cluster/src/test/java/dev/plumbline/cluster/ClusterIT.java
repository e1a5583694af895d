package dev.plumbline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.registry.DatabaseAddress;
import dev.plumbline.registry.TestingPostgres;
import dev.plumbline.store.local.EphemeralRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bundled flights by {@code spark-submit} on a standalone cluster, with ledger and catalog on
 * PostgreSQL and a worker that is killed on the way; beside it the same on this machine alone, with
 * SQLite.
 */
class ClusterIT {
  private static final Duration PATIENCE = Duration.ofMinutes(6);
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String PASSWORD = "PLUMB_METADATA_PASSWORD";
  private static final List<String> TABLES =
      List.of("airport_departures__v1", "airport_place__v1", "route_departures__v1");

  private static final String APPLY = "apply";
  private static final String BACKFILL = "materialize --all --from 2001-06-12T00:00:00Z";
  private static final String LIVE = "materialize --all --now 2001-06-15T13:00:00Z";
  private static final String PUSH = "push --all --now 2001-06-15T13:00:00Z";
  private static final String DATASET =
      "dataset build delay_training --allow-before-coverage --now 2001-06-15T13:00:00Z";

  @TempDir static Path folder;

  private static final List<AutoCloseable> OPEN = new ArrayList<>();
  private static final Map<String, EventLog> LOGS = new TreeMap<>();
  private static final Map<String, JsonNode> ON_CLUSTER = new TreeMap<>();
  private static final Map<String, JsonNode> ALONE = new TreeMap<>();

  private static TestingPostgres.Database database;
  private static StandaloneCluster cluster;
  private static FlightsProject onCluster;
  private static FlightsProject alone;
  private static EphemeralRedis redisOfCluster;
  private static EphemeralRedis redisOfAlone;

  @BeforeAll
  static void travel() throws Exception {
    TestingPostgres postgres = opened(TestingPostgres.start());
    redisOfCluster = opened(EphemeralRedis.start());
    redisOfAlone = opened(EphemeralRedis.start());
    database = postgres.createDatabase();
    cluster =
        opened(
            StandaloneCluster.start(
                SparkHome.in(folder.resolve("spark")), folder.resolve("cluster"), 2));
    onCluster =
        FlightsProject.in(
            folder.resolve("on-cluster"),
            """
            now: 2001-06-15T12:00:00Z
            redis: %s
            metadata: {address: "%s", user: %s, password_env: %s}
            """
                .formatted(
                    redisOfCluster.address(), database.address(), database.user(), PASSWORD));
    alone =
        FlightsProject.in(
            folder.resolve("alone"),
            "now: 2001-06-15T12:00:00Z\nredis: %s\n".formatted(redisOfAlone.address()));
    travelOnCluster();
    travelAlone();
  }

  private static void travelOnCluster() throws IOException {
    end(APPLY, submit(APPLY));
    Leashed backfill = submit(BACKFILL);
    killWorkerDuring(backfill, BACKFILL);
    end(BACKFILL, backfill);
    cluster.addWorker();
    cluster.awaitWorkers(2);
    for (String line : List.of(LIVE, PUSH, DATASET)) {
      end(line, submit(line));
    }
  }

  private static void travelAlone() throws IOException {
    Launcher launcher = Launcher.in(folder.resolve("launched"));
    for (String line : List.of(APPLY, BACKFILL, LIVE, PUSH, DATASET)) {
      Leashed plumb = opened(launcher.plumb(name(line), alone.words(line)));
      ALONE.put(line, MAPPER.readTree(plumb.succeeded(PATIENCE).out()));
    }
  }

  private static Leashed submit(String line) throws IOException {
    return opened(
        cluster.submit(
            name(line),
            onCluster.words(line),
            Files.createDirectories(events(line)),
            Map.of(PASSWORD, database.password())));
  }

  private static void end(String line, Leashed submitted) throws IOException {
    try {
      ON_CLUSTER.put(line, MAPPER.readTree(submitted.succeeded(PATIENCE).out()));
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + cluster.stories(), e);
    }
    LOGS.put(line, EventLog.in(events(line)));
  }

  /** When rows lie ready to be moved: the worker of an executor that keeps some. */
  private static void killWorkerDuring(Leashed submitted, String line) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    EventLog log = EventLog.in(events(line));
    while (log.shuffles() == 0) {
      if (!submitted.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError(submitted.story("moved no rows") + cluster.stories());
      }
      StandaloneCluster.pause();
      log = EventLog.in(events(line));
    }
    cluster.killWorkerOf(log.application(), log.keepers().iterator().next());
  }

  private static Path events(String line) {
    return folder.resolve("events").resolve(name(line));
  }

  private static String name(String line) {
    return line.split(" ")[0] + "-" + Integer.toHexString(line.hashCode());
  }

  private static <T extends AutoCloseable> T opened(T resource) {
    OPEN.add(0, resource);
    return resource;
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable each : OPEN) { // the newest first
      each.close();
    }
    unlink();
  }

  /** Links out of a temporary folder worry JUnit, which removes it. */
  private static void unlink() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  @Test
  void bothExecutorsWork() {
    for (String line : List.of(BACKFILL, LIVE, PUSH, DATASET)) {
      assertThat(LOGS.get(line).working()).as(line).hasSize(2);
    }
  }

  @Test
  void losesAWorkerAndEndsRight() {
    assertThat(LOGS.get(BACKFILL).removed()).hasSize(1);
    assertThat(LOGS.get(BACKFILL).repeated()).isPositive();
    assertThat(ON_CLUSTER.get(BACKFILL)).isEqualTo(ALONE.get(BACKFILL));
  }

  @Test
  void tellsTheSame() {
    for (String line : List.of(APPLY, LIVE, PUSH)) {
      assertThat(ON_CLUSTER.get(line)).as(line).isEqualTo(ALONE.get(line));
    }
  }

  @Test
  void tablesHaveTheSameRows() {
    Map<String, String> there =
        hashes(
            onCluster,
            new DatabaseAddress.PostgresServer(
                database.address(),
                Optional.of(database.user()),
                Optional.of(database.password())));
    Map<String, String> here =
        hashes(alone, new DatabaseAddress.SqliteFile(alone.folder().resolve(".plumb/metadata.db")));

    assertThat(there).hasSize(TABLES.size()).isEqualTo(here);
  }

  @Test
  void redisHoldsTheSame() {
    OnlineState there = OnlineState.of(redisOfCluster.address());

    assertThat(there.values()).hasSizeGreaterThan(100);
    assertThat(there).isEqualTo(OnlineState.of(redisOfAlone.address()));
  }

  @Test
  void theDatasetHasTheSameHash() {
    JsonNode there = ON_CLUSTER.get(DATASET);

    assertThat(there.path("rows").asLong()).isPositive();
    assertThat(there.path("content_hash").asText())
        .hasSize(64)
        .isEqualTo(ALONE.get(DATASET).path("content_hash").asText());
  }

  @Test
  void ledgerAndCatalogAreInPostgres() throws SQLException {
    assertThat(strings("select distinct view_name from run where phase = 'CLOSED'"))
        .containsExactlyInAnyOrder("airport_departures", "airport_place", "route_departures");
    assertThat(strings("select table_name from iceberg_tables"))
        .containsExactlyInAnyOrderElementsOf(TABLES);
    assertThat(onCluster.folder().resolve(".plumb/metadata.db")).doesNotExist();
  }

  /** By table: how many rows there are, and a sum over a digest of each. */
  private static Map<String, String> hashes(FlightsProject project, DatabaseAddress catalog) {
    Path place = project.folder().resolve(".plumb/warehouse");
    Map<String, String> hashes = new TreeMap<>();
    try (Warehouse warehouse = Warehouse.local("flights", catalog, place.toString(), 2)) {
      for (String table : TABLES) {
        String digest = "sha2(to_json(struct(*), map('ignoreNullFields', 'false')), 256)";
        String query =
            "select count(*), sum(cast(conv(left(%s, 15), 16, 10) as decimal(38, 0))) from plumb.flights.%s"
                .formatted(digest, table);
        hashes.put(table, warehouse.spark().sql(query).first().mkString(" rows, "));
      }
    }
    return hashes;
  }

  private static List<String> strings(String query) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (Connection connection = database.connect();
        ResultSet rows = connection.createStatement().executeQuery(query)) {
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
    }
    return strings;
  }
}
