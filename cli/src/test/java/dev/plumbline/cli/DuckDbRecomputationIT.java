package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.client.FeatureRequest;
import dev.plumbline.client.FeatureVectors;
import dev.plumbline.client.PlumblineClient;
import dev.plumbline.client.Status;
import dev.plumbline.online.FeatureServer;
import dev.plumbline.online.FeatureServerSettings;
import dev.plumbline.online.FeatureServerSettings.FrozenClock;
import dev.plumbline.online.ServerClock;
import dev.plumbline.store.RedisOnlineStore;
import dev.plumbline.store.RedisSettings;
import dev.plumbline.store.local.EphemeralRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is served of the bundled flights, against a query of another engine over the raw files that
 * knows nothing of definitions, logs or windows.
 */
class DuckDbRecomputationIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Instant NOW = Instant.parse("2001-06-15T12:00:00Z");

  /** The newest refresh that is due at noon is that of eleven, since it is served from 11:10. */
  private static final String FLIGHTS =
      """
      with raw as (
        select *, strptime('2001' || date, '%%Y%%m%%d%%H%%M')
            + to_minutes(60 + cast(trunc(distance / 6) as bigint)) as landed
        from read_parquet('%s/examples/flights/data/departures/*.parquet', union_by_name = true)),
      known as (
        select *, timestamp '2001-06-15 11:00:00' - landed as age from raw
        where landed < timestamp '2001-06-15 11:00:00'
          and coalesce(strptime('2001' || reported, '%%Y%%m%%d%%H%%M'), landed)
              < timestamp '2001-06-15 11:00:00'
          and landed >= timestamp '2001-06-15 11:00:00' - interval 30 day)
      """
          .formatted(ROOT);

  private static final String AIRPORTS =
      FLIGHTS
          + """
          select origin,
            count(*) filter (where age <= interval 1 hour) as flights_1h,
            count(*) filter (where age <= interval 1 day) as flights_1d,
            count(*) filter (where age <= interval 7 day) as flights_7d,
            avg(delay) filter (where age <= interval 1 hour) as average_delay_1h,
            avg(delay) filter (where age <= interval 1 day) as average_delay_1d,
            avg(case when delay > 15 then 1.0::double when delay <= 15 then 0 end)
              filter (where age <= interval 1 day) as late_share_1d,
            avg(case when delay > 15 then 1.0::double when delay <= 15 then 0 end)
              filter (where age <= interval 7 day) as late_share_7d,
            avg(case when delay > 15 then 1.0::double when delay <= 15 then 0 end) as late_share_30d,
            stddev_samp(delay) filter (where age <= interval 7 day) as delay_deviation_7d
          from known group by origin order by origin
          """;

  private static final String ROUTES =
      FLIGHTS
          + """
          select origin, destination,
            count(*) filter (where age <= interval 1 day) as flights_1d,
            count(*) filter (where age <= interval 7 day) as flights_7d,
            avg(delay) filter (where age <= interval 1 day) as average_delay_1d,
            avg(case when delay > 15 then 1.0::double when delay <= 15 then 0 end)
              filter (where age <= interval 7 day) as late_share_7d,
            avg(case when delay > 15 then 1.0::double when delay <= 15 then 0 end) as late_share_30d
          from known group by origin, destination order by hash(origin || destination) limit 40
          """;

  private static final String LAST_DESTINATIONS =
      FLIGHTS
          + """
          select origin, destination from known
          where landed = (select max(landed) from known other where other.origin = known.origin)
          """;

  @TempDir static Path folder;
  private static EphemeralRedis redis;
  private static RedisOnlineStore store;
  private static FeatureServer server;
  private static PlumblineClient client;

  @BeforeAll
  static void serveTheExample() throws IOException {
    redis = EphemeralRedis.start();
    copyProject();
    plumb("apply");
    plumb("materialize", "--all");
    store =
        RedisOnlineStore.connect(redis.address(), RedisSettings.DEFAULT, InstantSource.fixed(NOW));
    server =
        FeatureServer.start(
            new FeatureServerSettings(
                "flights",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                ServerClock.frozenAt(NOW),
                FrozenClock.LOOPBACK_ONLY),
            store);
    client = PlumblineClient.connect(target());
  }

  private static void copyProject() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("definitions"))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(ROOT.relativize(file).toString()));
      }
    }
    Files.createSymbolicLink(folder.resolve("examples"), ROOT.resolve("examples"));
    Files.writeString(
        folder.resolve("plumb.yaml"),
        Files.readString(ROOT.resolve("plumb.yaml")) + "\nredis: " + redis.address() + "\n");
  }

  private static void plumb(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--project", folder.toString()));
    assertThat(Plumb.commandLine().execute(all.toArray(String[]::new)))
        .as("exit code of plumb %s", all)
        .isZero();
  }

  private static String target() {
    return "localhost:" + server.port();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
    store.close();
    redis.close();
  }

  @Test
  void airportsAreAsRecomputed() throws SQLException {
    List<Map<String, @Nullable Object>> expected = query(AIRPORTS);
    List<Object> codes = expected.stream().map(row -> row.get("origin")).toList();

    FeatureVectors vectors =
        client.get(
            FeatureRequest.references(references("airport", expected.get(0), List.of("origin")))
                .entities("airport", "code", codes));

    assertThat(codes).contains("ATL", "ORD", "BTV").hasSizeGreaterThan(10);
    requireEqual("airport", vectors, expected, List.of("origin"));
  }

  @Test
  void routesAreAsRecomputed() throws SQLException {
    List<Map<String, @Nullable Object>> expected = query(ROUTES);

    FeatureVectors vectors =
        client.get(
            FeatureRequest.references(
                    references("route", expected.get(0), List.of("origin", "destination")))
                .entities("route", keys(expected)));

    assertThat(expected).hasSize(40);
    requireEqual("route", vectors, expected, List.of("origin", "destination"));
  }

  @Test
  void theLastDestinationIsOneOfTheLastFlights() throws SQLException {
    Map<Object, List<Object>> last = new LinkedHashMap<>();
    query(LAST_DESTINATIONS)
        .forEach(
            row ->
                last.computeIfAbsent(row.get("origin"), origin -> new ArrayList<>())
                    .add(row.get("destination")));

    List<Object> served =
        client
            .get(
                FeatureRequest.references(List.of("airport:last_destination@1"))
                    .entities("airport", "code", List.copyOf(last.keySet())))
            .feature("airport:last_destination@1")
            .values();

    List<Object> origins = List.copyOf(last.keySet());
    for (int i = 0; i < origins.size(); i++) {
      assertThat(last.get(origins.get(i))).as("%s", origins.get(i)).contains(served.get(i));
    }
  }

  @Test
  void aModelsVectorIsMadeOfTheSameValues() throws SQLException {
    List<Map<String, @Nullable Object>> routes = query(ROUTES);
    Map<Object, Map<String, @Nullable Object>> airports = new LinkedHashMap<>();
    query(AIRPORTS).forEach(row -> airports.put(row.get("origin"), row));
    List<Object> origins = routes.stream().map(row -> row.get("origin")).toList();
    List<Object> destinations = routes.stream().map(row -> row.get("destination")).toList();

    FeatureVectors.Feature ratio =
        client
            .get(
                FeatureRequest.service("delay_model")
                    .entities("origin", "code", origins)
                    .entities("destination", "code", destinations)
                    .entities("route", keys(routes))
                    .requestValue("minutes_to_departure", 90))
            .feature("delay_context:late_ratio@1");

    for (int i = 0; i < routes.size(); i++) {
      Double airport = (Double) airports.get(origins.get(i)).get("late_share_7d");
      Double route = (Double) routes.get(i).get("late_share_7d");
      Double expected = airport == null || route == null || route == 0 ? null : airport / route;
      requireEqual(routes.get(i) + " late_ratio", ratio, i, expected);
    }
  }

  @Test
  void theCommandAnswersToo() {
    plumb(
        "get",
        "delay_model",
        "--server",
        target(),
        "--entity",
        "origin=ATL",
        "--entity",
        "destination=ORD",
        "--entity",
        "route=ATL,ORD",
        "--value",
        "minutes_to_departure=90");
  }

  private static List<String> references(
      String role, Map<String, @Nullable Object> row, List<String> keys) {
    return row.keySet().stream()
        .filter(name -> !keys.contains(name))
        .map(name -> role + ":" + name + "@1")
        .toList();
  }

  private static Map<String, List<Object>> keys(List<Map<String, @Nullable Object>> rows) {
    return Map.of(
        "origin", rows.stream().map(row -> row.get("origin")).toList(),
        "destination", rows.stream().map(row -> row.get("destination")).toList());
  }

  private static void requireEqual(
      String role,
      FeatureVectors vectors,
      List<Map<String, @Nullable Object>> expected,
      List<String> keys) {
    for (String name : expected.get(0).keySet()) {
      for (int i = 0; i < expected.size() && !keys.contains(name); i++) {
        requireEqual(
            expected.get(i) + " " + name,
            vectors.feature(role + ":" + name + "@1"),
            i,
            expected.get(i).get(name));
      }
    }
  }

  private static void requireEqual(
      String what, FeatureVectors.Feature served, int row, @Nullable Object expected) {
    if (expected == null) {
      assertThat(served.statuses().get(row)).as(what).isEqualTo(Status.NULL);
    } else if (expected instanceof Double number) {
      assertThat((Double) served.values().get(row)).as(what).isCloseTo(number, within(1e-9));
    } else {
      assertThat(served.values().get(row)).as(what).isEqualTo(expected);
    }
  }

  private static List<Map<String, @Nullable Object>> query(String sql) throws SQLException {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.put(result.getMetaData().getColumnLabel(i), result.getObject(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
