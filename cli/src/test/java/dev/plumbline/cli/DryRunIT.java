package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.store.local.EphemeralRedis;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One view from its first backfill to a live run, each step asked for before it is taken. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DryRunIT {
  private static final String BACKFILL = "materialize --all --from 2026-02-20T00:00:00Z";

  @TempDir static Path folder;
  private static final EphemeralRedis REDIS = EphemeralRedis.start();
  private static ShopProject project;

  @AfterAll
  static void stop() {
    REDIS.close();
  }

  @Test
  @Order(1)
  void aBackfillIsForetoldAndNothingIsChanged() throws Exception {
    project = ShopProject.in(folder.resolve("shop"), REDIS);
    project.plumb("apply").exits(0);
    List<String> before = state();

    JsonNode view = dry(BACKFILL).path("views").path(0);

    assertThat(view.path("view").asText()).isEqualTo("customer_orders@1");
    assertThat(view.path("steps")).hasSize(1);
    JsonNode step = view.path("steps").path(0);
    assertThat(step.path("will").asText()).isEqualTo("materialize");
    assertThat(step.path("kind").asText()).isEqualTo("backfill");
    assertThat(step.path("first_refresh").asText()).isEqualTo("2026-02-20T00:00:00Z");
    assertThat(step.path("refresh").asText()).isEqualTo("2026-03-01T11:00:00Z");
    assertThat(step.path("source_rows").asInt()).isEqualTo(4);
    assertThat(view.path("cost").path("basis").path("sample_one_in").asInt()).isEqualTo(1);
    assertThat(view.path("cost").path("bytes").asLong()).isPositive();
    assertThat(view.path("cost").path("seconds").asDouble()).isPositive();
    assertThat(state()).isEqualTo(before);
    assertThat(folder.resolve("shop/.plumb/warehouse")).doesNotExist();
    JsonNode done = project.plumb(BACKFILL + " --format json").json("materialize");
    assertThat(view.path("cost").path("rows")).isEqualTo(done.path("runs").path(0).path("rows"));
  }

  @Test
  @Order(2)
  void chunksAreListed() {
    Terminal.Output output = project.plumb(BACKFILL + " --dry-run --chunk 2d");

    assertThat(output.exits(0).out())
        .startsWith("customer_orders@1: backfill the refreshes 2026-02-20T00:00:00Z to")
        .contains("4 source rows in reach, about 0 log rows")
        .endsWith("Nothing was changed." + System.lineSeparator());
    assertThat(project.plumb("materialize --all --from 2026-02-10T00:00:00Z --chunk 1d --dry-run"))
        .satisfies(anew -> assertThat(anew.exits(0).out()).contains("backfill the refreshes"));
  }

  @Test
  @Order(3)
  void aPublicationIsForetold() throws Exception {
    List<String> before = state();

    JsonNode view = dry("materialize --all").path("views").path(0);

    assertThat(view.path("steps").findValuesAsText("will")).containsExactly("publish");
    assertThat(view.has("cost")).isFalse();
    assertThat(state()).isEqualTo(before);
    project.plumb("materialize --all").exits(0);
  }

  @Test
  @Order(4)
  void thatNothingIsDueIsTold() {
    assertThat(project.plumb("materialize --all --dry-run").exits(0).out())
        .isEqualToIgnoringNewLines(
            "customer_orders@1: nothing is due before 2026-03-01T12:05:00Z\nNothing was changed.");
  }

  @Test
  @Order(5)
  void aLiveRunIsForetold() throws Exception {
    List<String> before = state();
    String later = "materialize --all --now 2026-03-01T13:10:00Z";

    JsonNode first = dry(later).path("views").path(0);

    assertThat(first.path("steps").findValuesAsText("will"))
        .containsExactly("materialize", "publish");
    assertThat(first.path("steps").path(0).path("kind").asText()).isEqualTo("live");
    assertThat(state()).isEqualTo(before);
    JsonNode done = project.plumb(later + " --format json").json("materialize");
    assertThat(first.path("cost").path("rows")).isEqualTo(done.path("runs").path(0).path("rows"));
    JsonNode next =
        dry("materialize --all --now 2026-03-01T14:10:00Z").path("views").path(0).path("cost");
    assertThat(next.path("basis").has("past_runs") || next.path("basis").has("sample_one_in"))
        .isTrue();
  }

  @Test
  @Order(6)
  void whatWouldBeRefusedIsRefused() {
    assertThat(project.plumb(BACKFILL + " --dry-run").exits(4).err())
        .contains("the version is live");
  }

  private static JsonNode dry(String line) throws Exception {
    JsonNode json = project.plumb(line + " --dry-run --format json").json("materialize");
    assertThat(json.path("dry_run").asBoolean()).isTrue();
    return json;
  }

  /** Every row of every table of the metadata database. */
  private static List<String> state() throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection database =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop/.plumb/metadata.db"))) {
      List<String> tables = new ArrayList<>();
      try (ResultSet names =
          database.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
        while (names.next()) {
          tables.add(names.getString("TABLE_NAME"));
        }
      }
      for (String table : tables) {
        try (var statement = database.createStatement();
            ResultSet all = statement.executeQuery("select * from \"" + table + "\"")) {
          while (all.next()) {
            StringBuilder row = new StringBuilder(table);
            for (int i = 1; i <= all.getMetaData().getColumnCount(); i++) {
              row.append(' ').append(all.getString(i));
            }
            rows.add(row.toString());
          }
        }
        rows.add(table);
      }
    }
    return rows;
  }
}
