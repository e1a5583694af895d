package dev.plumbline.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.definition.InvalidDefinitionsException;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.FlightsExample;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.registry.DatabaseAddress.PostgresServer;
import dev.plumbline.registry.PostgresViewLocks;
import dev.plumbline.registry.TestingPostgres;
import dev.plumbline.registry.ViewLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectIT {
  private static final String CONFIG =
      """
      project: flights
      now: 2001-03-01T00:00:00Z
      warehouse: data/warehouse
      metadata: data/metadata.db
      redis: localhost:6380
      server: localhost:7000
      bind:
        departures: [data/a.parquet, s3://bucket/b.parquet]
        airports: data/airports.csv
      environments:
        prod:
          redis: {address: redis.prod:6379, user: plumb, password_file: secrets/redis, tls: true}
          bind: {airports: s3://prod/airports.csv}
      """;

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void makeProject() throws IOException {
    folder = Files.createDirectories(temporary.resolve("My Flights-2"));
    write("definitions/flights.yaml", FlightsExample.text());
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Project open() {
    return Project.open(folder, Optional.empty());
  }

  @Test
  void hasADefaultForEverything() {
    ProjectConfig config = open().config();

    assertThat(config.project()).isEqualTo("my_flights_2");
    assertThat(config.warehouse()).isEqualTo(".plumb/warehouse");
    assertThat(config.metadata().address()).isEqualTo(".plumb/metadata.db");
    assertThat(config.redis()).isEmpty();
    assertThat(config.server()).isEqualTo("localhost:6566");
    assertThat(config.now()).isEmpty();
    assertThat(config.bind()).isEmpty();
  }

  @Test
  void keepsItsMetadataInItsOwnFolder() {
    open().openMetadata(Map.of());

    assertThat(folder.resolve(".plumb/metadata.db")).exists();
    ViewLocks locks = open().viewLocks(Map.of(), InstantSource.system());
    locks.acquire(new ViewId("airport_place", 1)).close();
    assertThat(folder.resolve(".plumb/locks/my_flights_2/airport_place@1.lock")).exists();
  }

  @Test
  void isFoundFromAnyFolderInIt() throws IOException {
    Path deep = Files.createDirectories(folder.resolve("examples/deep"));

    Project project = Project.find(deep, Optional.empty());

    assertThat(project.directory()).isEqualTo(folder);
    assertThat(project.loadDefinitions().project()).isEqualTo("my_flights_2");
  }

  @Test
  void isNotFoundOutside() {
    assertThatThrownBy(() -> Project.open(temporary, Optional.empty()))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            temporary + " is no project (expected: a folder with plumb.yaml or definitions/)");
  }

  @Test
  void readsEverySetting() throws IOException {
    write("plumb.yaml", CONFIG);

    ProjectConfig config = open().config();

    assertThat(config.project()).isEqualTo("flights");
    assertThat(config.now()).contains(Instant.parse("2001-03-01T00:00:00Z"));
    assertThat(config.metadata().address()).isEqualTo("data/metadata.db");
    assertThat(config.redis().orElseThrow().endpoint().address()).isEqualTo("localhost:6380");
  }

  @Test
  void letsAnEnvironmentTakePrecedence() throws IOException {
    write("plumb.yaml", CONFIG);
    write("secrets/redis", "hush\n");

    ProjectConfig config = Project.open(folder, Optional.of("prod")).config();

    ProjectConfig.Redis redis = config.redis().orElseThrow();
    assertThat(redis.endpoint().address()).isEqualTo("redis.prod:6379");
    assertThat(redis.tls()).isTrue();
    assertThat(redis.endpoint().password().orElseThrow().read(Map.of())).isEqualTo("hush");
    assertThat(config.bind().get("airports").places()).containsExactly("s3://prod/airports.csv");
    assertThat(config.bind().get("departures").places()).hasSize(2);
    assertThat(config.server()).isEqualTo("localhost:7000");
  }

  @Test
  void bindsASourceToADatabaseWithItsTableAndUser() throws IOException {
    write(
        "plumb.yaml",
        "bind: {departures: {url: 'jdbc:postgresql://db/flights', table: out.departures, user: plumb, password_env: FLIGHTS_PASSWORD}}\n");
    Project project = open();
    Source departures = project.loadDefinitions().source("departures");

    Login login = project.login(departures, Map.of("FLIGHTS_PASSWORD", "hush")).orElseThrow();

    assertThat(project.places(departures).toString()).endsWith("jdbc:postgresql://db/flights]");
    assertThat(project.table(departures)).contains("out.departures");
    assertThat(login).isEqualTo(new Login(Optional.of("plumb"), Optional.of("hush")));
    assertThat(login.toString()).doesNotContain("hush");
    assertThatThrownBy(() -> project.login(departures, Map.of()))
        .hasMessageContaining("the environment variable FLIGHTS_PASSWORD is not set");
  }

  @Test
  void refusesAPasswordInTheAddressOfADatabase() throws IOException {
    write("plumb.yaml", "bind: {departures: 'jdbc:postgresql://me:hush@db/flights'}\n");

    assertThatThrownBy(this::open)
        .hasMessageContaining("plumb.yaml:1:20: departures: a password in a file that is shared")
        .hasMessageNotContaining("hush");
  }

  @Test
  void bindsSourcesToOtherPlaces() throws IOException {
    write("plumb.yaml", CONFIG);
    Project project = open();
    Revision revision = project.loadDefinitions();

    List<String> bound = project.places(revision.sources().get("departures"));
    List<String> own = project.places(revision.sources().get("flight_labels"));

    assertThat(bound)
        .containsExactly(folder.resolve("data/a.parquet").toString(), "s3://bucket/b.parquet");
    assertThat(own).containsExactly(folder.resolve("examples/flights/data/labels.json").toString());
  }

  @Test
  void saysWhatIsWrongInEveryEnvironment() throws IOException {
    write(
        "plumb.yaml",
        """
        projct: flights
        now: yesterday
        redis: {address: localhost, password: hush}
        environments:
          prod: {serverr: there}
        """);

    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidDefinitionsException.class)
        .hasMessage(
            """
            plumb.yaml:1:1: unknown key 'projct' in plumb.yaml (expected: one of project, now, warehouse, metadata, redis, server, bind, environments); did you mean 'project'? [unknown-key]
            plumb.yaml:2:6: now: 'yesterday' is not an instant (expected: a date and time with zone, for example 2001-01-01T00:00:00Z) [bad-instant]
            plumb.yaml:3:39: a password in a file that is shared; keep it in an environment variable or a file of its own, and name that with password_env or password_file [shared-password]
            plumb.yaml:5:10: unknown key 'serverr' in environment 'prod' (expected: one of project, now, warehouse, metadata, redis, server, bind); did you mean 'server'? [unknown-key]""");
  }

  @Test
  void refusesDatabasesThatItCannotSpeakTo() throws IOException {
    write(
        "plumb.yaml",
        """
        metadata: jdbc:mysql://db/plumbline?password=hush
        roots: [examples]
        environments:
          a:
            metadata: {address: "jdbc:sqlite:meta.db"}
          b:
            metadata: postgresql://plumb:hush@db:5432/plumbline
          c:
            metadata: {address: "jdbc:postgresql://db/plumbline?password=hush", user: plumb}
          d:
            metadata: {address: meta.db, user: plumb}
          e:
            metadata: jdbc:postgresql://plumb:hush@db/plumbline
        """);

    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidDefinitionsException.class)
        .hasMessage(
            """
            plumb.yaml:1:11: metadata: 'jdbc:mysql://db/plumbline' is the address of a database (expected: the path of a SQLite file, or jdbc:postgresql://host:port/database); name a file, for example .plumb/metadata.db [bad-address]
            plumb.yaml:2:1: unknown key 'roots' in plumb.yaml (expected: one of project, now, warehouse, metadata, redis, server, bind, environments) [unknown-key]
            plumb.yaml:5:25: metadata: 'jdbc:sqlite:meta.db' is the address of a database (expected: the path of a SQLite file, or jdbc:postgresql://host:port/database); name the file alone: meta.db [bad-address]
            plumb.yaml:7:15: metadata: 'postgresql://db:5432/plumbline' is the address of a database (expected: the path of a SQLite file, or jdbc:postgresql://host:port/database); write it as JDBC does, without user and password: jdbc:postgresql://db:5432/plumbline [bad-address]
            plumb.yaml:9:25: a password in a file that is shared; keep it in an environment variable or a file of its own, and name that with password_env or password_file [shared-password]
            plumb.yaml:11:25: metadata: 'meta.db' is a file, which knows neither user nor password; leave them out, or name a database, jdbc:postgresql://host:port/database [no-meaning]
            plumb.yaml:13:15: a password in a file that is shared; keep it in an environment variable or a file of its own, and name that with password_env or password_file [shared-password]""");
  }

  @Test
  void keepsMetadataAndLocksOnAServer() throws IOException {
    PostgresServer server = TestingPostgres.shared().createDatabase().server();
    write(
        "plumb.yaml",
        """
        metadata:
          address: %s
          user: %s
          password_env: PLUMB_DB_PASSWORD
        """
            .formatted(server.url(), server.user().orElseThrow()));
    Map<String, String> environment = Map.of("PLUMB_DB_PASSWORD", server.password().orElseThrow());
    Project project = open();

    project.openMetadata(environment);

    assertThat(project.metadataAddress(environment)).isEqualTo(server);
    assertThat(project.viewLocks(environment, InstantSource.system()))
        .isInstanceOf(PostgresViewLocks.class);
    assertThat(folder.resolve(".plumb")).doesNotExist();
    assertThatThrownBy(() -> project.openMetadata(Map.of("PLUMB_DB_PASSWORD", "a guess")))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "metadata database %s does not answer: FATAL: password authentication failed for user \"%s\"",
            server.url(), server.user().orElseThrow());
  }

  @Test
  void knowsItsEnvironments() throws IOException {
    write("plumb.yaml", CONFIG);

    assertThatThrownBy(() -> Project.open(folder, Optional.of("prd")))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("plumb.yaml: unknown environment 'prd'; did you mean 'prod'?");
  }

  @Test
  void refusesToBindASourceThatDoesNotExist() throws IOException {
    write("plumb.yaml", "bind: {departure: x.parquet}\n");

    assertThatThrownBy(() -> open().loadDefinitions())
        .hasMessage(
            "plumb.yaml:1:8: unknown source 'departure' (expected: one of airports, departures, flight_labels); did you mean 'departures'? [unknown-source]");
  }

  @Test
  void reportsAllFilesAtOnce() throws IOException {
    write("definitions/a.yaml", "entity: Big\nkeys: []\n");
    write("definitions/deep/b.yaml", "entity: b\n");
    write("definitions/c.yml", "entity: c\n");

    assertThatThrownBy(() -> open().loadDefinitions())
        .hasMessage(
            """
            definitions/a.yaml:1:9: entity: 'Big' is not a name (expected: [a-z0-9][a-z0-9_]*, without '__', at most 100 characters); write it in small letters, digits and single underscores [bad-name]
            definitions/c.yml:1:1: ends in .yml, so it would be passed over (expected: .yaml); rename it [wrong-file-name]
            definitions/deep/b.yaml:1:1: entity 'b' has no 'keys'; add it, for example keys: [{name: id, type: string}] [missing-key]""");
  }

  @Test
  void saysWhichSecretIsMissing() {
    Secret secret = new Secret.InEnvironment("DB_PASSWORD");

    assertThat(secret.read(Map.of("DB_PASSWORD", "hush"))).isEqualTo("hush");
    assertThatThrownBy(() -> secret.read(Map.of()))
        .isInstanceOf(InvalidException.class)
        .hasMessage(
            "the environment variable DB_PASSWORD is not set (expected: a secret that plumb.yaml refers to)");
  }
}
