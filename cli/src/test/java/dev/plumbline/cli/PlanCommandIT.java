package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.store.local.EphemeralRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The life of a change, planned before each step is taken. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlanCommandIT {
  private static final String SHOP = ShopProject.DEFINITIONS;
  private static final String SECOND =
      "---\n"
          + SHOP.substring(SHOP.indexOf("feature_view:"), SHOP.indexOf("---\nfeature_service"))
              .replace("version: 1", "version: 2")
              .replace("window: 7d", "window: 14d");
  private static final String MOVED =
      (SHOP + SECOND).replace("customer:spend_7d@1]", "customer:spend_7d@2]");

  @TempDir static Path folder;
  private static final EphemeralRedis REDIS = EphemeralRedis.start();
  private static ShopProject project;

  @AfterAll
  static void stop() {
    REDIS.close();
  }

  @Test
  @Order(1)
  void beforeTheFirstRevisionEverythingIsNewAndNothingIsMade() throws Exception {
    project = ShopProject.in(folder.resolve("shop"), REDIS);

    assertThat(project.plumb("plan").exits(8).out())
        .contains("shop against nothing, since no revision is applied yet: 1 needs backfill");

    assertThat(folder.resolve("shop/.plumb")).doesNotExist();
  }

  @Test
  @Order(2)
  void whatIsAppliedIsNoChange() {
    project.plumb("apply").exits(0);

    assertThat(project.plumb("plan").exits(0).out()).contains("revision 1 (", "no changes");
  }

  @Test
  @Order(3)
  void twoWeeksUnderTheSameVersionAreRefused() {
    project.plumb("materialize --all --from 2026-02-20T00:00:00Z").exits(0);
    project.plumb("materialize --all").exits(0);
    project.define(SHOP.replace("window: 7d", "window: 14d"));

    assertThat(project.plumb("plan").exits(9).out())
        .contains("copy it to version 2: customer_orders.v2.yaml", "services: shop_model");
  }

  @Test
  @Order(4)
  void asVersionTwoTheyNeedABackfillWhoseCostIsTold() throws Exception {
    project.define(SHOP + SECOND);
    Path kept = folder.resolve("plan.json");

    Terminal.Output output = project.plumb("plan --format json --out " + kept);

    JsonNode json = Console.parse(output.exits(8).out());
    assertThat(Console.parse(Files.readString(kept))).isEqualTo(json);
    assertThat(json.path("base").path("revision").asInt()).isEqualTo(1);
    JsonNode change = json.path("changes").path(0);
    assertThat(change.path("subject").asText()).isEqualTo("feature_view customer_orders@2");
    assertThat(change.path("also").path(0).asText()).isEqualTo("new_version");
    assertThat(change.path("staying").path(0).asText()).isEqualTo("shop_model");
    JsonNode backfill = json.path("backfills").path(0);
    assertThat(backfill.path("first").asText()).isEqualTo("2026-02-20T00:00:00Z");
    assertThat(backfill.path("refreshes").path("value").asInt()).isEqualTo(9 * 24 + 12);
    assertThat(backfill.path("source_rows").path("unknown").asText()).contains("text");
    assertThat(backfill.path("redis_bytes").path("basis").asText())
        .isEqualTo("for 3 records, as many as customer_orders@1 has");
    assertThat(backfill.path("redis_bytes").path("value").asLong())
        .isEqualTo(3 * backfill.path("bytes_per_record").asLong());
    String applied =
        project.plumb("apply --format json").json("apply").path("fingerprint").asText();
    assertThat(json.path("tree").path("fingerprint").asText()).isEqualTo(applied);
  }

  @Test
  @Order(5)
  void theServiceMayNotMoveBeforeTheVersionIsPushed() {
    project.define(MOVED);

    assertThat(project.plumb("plan").exits(9).out())
        .contains("takes up customer_orders@2, which was never fully pushed");
  }

  @Test
  @Order(6)
  void afterwardsItMay() {
    project.plumb("materialize customer_orders@2 --from 2026-02-20T00:00:00Z").exits(0);
    assertThat(project.plumb("plan").exits(9).out()).contains("never fully pushed");
    project.plumb("materialize customer_orders@2").exits(0);

    assertThat(project.plumb("plan").exits(8).out())
        .contains("NEW VERSION", "moves customer:spend_7d from @1 to @2");
  }

  @Test
  @Order(7)
  void aStoreThatIsAwayMakesTheAmountUnknownAndNoFailure() throws Exception {
    project.define(MOVED + SECOND.replace("version: 2", "version: 3"));
    project.write("plumb.yaml", "project: shop\nnow: 2026-03-01T12:00:00Z\nredis: '127.0.0.1:1'\n");

    JsonNode json = Console.parse(project.plumb("plan --format json").exits(8).out());

    assertThat(json.path("backfills").path(0).path("redis_bytes").has("unknown")).isTrue();
  }
}
