package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.definition.ViewId;
import dev.plumbline.registry.PostgresViewLocks;
import dev.plumbline.registry.TestingPostgres;
import dev.plumbline.registry.TestingPostgres.Database;
import dev.plumbline.registry.ViewLocks;
import dev.plumbline.store.local.EphemeralRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole journey of a project whose ledger, locks and catalog are on a PostgreSQL server. */
class PostgresProjectIT {
  private static final String NEXT_HOUR = "2026-03-01T13:30:00Z";

  @TempDir Path folder;

  private ShopProject on(Database database, EphemeralRedis redis) throws IOException {
    Path project = Files.createDirectories(folder.resolve("shared"));
    Files.writeString(project.resolve("password"), database.password() + "\n");
    String settings =
        "metadata: {address: '%s', user: %s, password_file: password}\n"
            .formatted(database.address(), database.user());
    return ShopProject.in(project, redis.address().toString(), settings);
  }

  @Test
  void computesAndServesWhatAProjectInAFileDoes() throws Exception {
    Database database = TestingPostgres.shared().createDatabase();
    try (EphemeralRedis redis = EphemeralRedis.start();
        EphemeralRedis other = EphemeralRedis.start()) {
      JsonNode shared = journey(on(database, redis));
      JsonNode alone = journey(ShopProject.in(folder.resolve("alone"), other));

      assertThat(shared.path("content_hash")).isEqualTo(alone.path("content_hash"));
      assertThat(shared.path("rows").asInt()).isEqualTo(4);
    }
    assertThat(rows(database, "select count(*) from iceberg_tables")).isEqualTo(1);
    assertThat(rows(database, "select count(*) from run where phase = 'CLOSED'")).isEqualTo(2);
    assertThat(folder.resolve("shared/.plumb/metadata.db")).doesNotExist();
    assertThat(folder.resolve("shared/.plumb/locks")).doesNotExist();
  }

  /** Applies, fills, goes live, refreshes once more and builds the dataset. */
  private static JsonNode journey(ShopProject project) throws Exception {
    project.plumb("apply").exits(0);
    project.plumb("materialize --all --from 2026-02-20T00:00:00Z").exits(0);
    project.plumb("materialize --all").exits(0);
    JsonNode live =
        project
            .plumb("materialize --all --format json --now " + NEXT_HOUR)
            .json("materialize")
            .path("runs");
    assertThat(live.findValuesAsText("did")).containsExactly("materialize", "publish");
    assertThat(live.path(0).path("kind").asText()).isEqualTo("live");
    return project
        .plumb("dataset build shop_training --format json --now " + NEXT_HOUR)
        .json("dataset.build");
  }

  @Test
  void waitsForNobodyWhoHoldsTheLock() throws Exception {
    Database database = TestingPostgres.shared().createDatabase();
    try (EphemeralRedis redis = EphemeralRedis.start()) {
      ShopProject project = on(database, redis);
      project.plumb("apply").exits(0);
      PostgresViewLocks locks = new PostgresViewLocks(database.server(), "shop");

      try (ViewLocks.Held held = locks.acquire(new ViewId("customer_orders", 1))) {
        assertThat(project.plumb("materialize --all").exits(4).err())
            .contains(
                "view 'customer_orders@1' is locked by process "
                    + ProcessHandle.current().pid()
                    + " on ");
        held.ensureHeld();
      }

      project.plumb("materialize --all").exits(0);
    }
  }

  @Test
  void saysThatTheServerDoesNotAnswer() throws Exception {
    Database database;
    try (TestingPostgres stopped = TestingPostgres.start()) {
      database = stopped.createDatabase();
    }
    try (EphemeralRedis redis = EphemeralRedis.start()) {
      assertThat(on(database, redis).plumb("apply").exits(6).err())
          .contains("metadata database " + database.address() + " does not answer")
          .doesNotContain(database.password());
    }
  }

  private static int rows(Database database, String question) throws SQLException {
    try (Connection connection = database.connect();
        ResultSet row = connection.createStatement().executeQuery(question)) {
      row.next();
      return row.getInt(1);
    }
  }
}
