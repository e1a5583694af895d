package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plumbline.store.local.EphemeralRedis;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A view that expects something of its runs, from the first one that fails to one that is live. */
class GateCommandLineIT {
  private static final EphemeralRedis REDIS = EphemeralRedis.start();
  private static final String BACKFILL = "materialize --all --from 2026-02-20T00:00:00Z";
  private static final String LATER = "materialize --all --now 2026-03-01T13:07:00Z";

  @TempDir static Path folder;

  @AfterAll
  static void stop() {
    REDIS.close();
  }

  @Test
  void nothingIsCommittedUntilTheRowsAreWhatTheViewExpects() throws Exception {
    ShopProject project = ShopProject.in(folder.resolve("shop"), REDIS);
    project.define(expecting("rows: {min: 4}", "range: {feature: spend_7d, min: 0}"));
    project.plumb("apply").exits(0);

    Terminal.Output first = project.plumb(BACKFILL).exits(7);

    assertThat(first.out())
        .isEqualToIgnoringNewLines(
            "customer_orders@1: nothing committed for the refreshes 2026-02-20T00:00:00Z to 2026-03-01T11:00:00Z, 1 of 2 expectations met");
    assertThat(first.err())
        .contains(
            """
            view 'customer_orders@1' fails 1 of 2 expectations at the refresh 2026-03-01T11:00:00Z, so nothing was committed:
              rows: {min: 4}: 3 rows (expected: at least 4)
            mend the source, or change 'expect' and apply it; then run the same command again""");

    project.define(expecting("rows: {min: 3}", "range: {feature: spend_7d, min: 0}"));
    assertThat(project.plumb("apply").exits(0).out()).contains("Revision 2");
    JsonNode passed = project.plumb(BACKFILL + " --format json").json("materialize");
    assertThat(passed.path("runs").path(0).path("gates").path(0))
        .isEqualTo(
            json(
                """
                {"rule": "rows: {min: 3}", "passed": true, "value": "3 rows", "expected": "at least 3", "examples": []}
                """));
    project.plumb("materialize --all").exits(0);
    String served = served(project);
    assertThat(served).contains("15.0");

    project.order(ShopProject.ORDERS + "1,-50,2026-03-01T12:30:00Z\n");
    Terminal.Output live = project.plumb(LATER + " --format json").exits(7);

    assertThat(live.out().lines()).hasSize(1);
    JsonNode failed = json(live.out()).path("runs").path(0);
    assertThat(failed.path("did").asText()).isEqualTo("fail");
    assertThat(failed.path("refresh").asText()).isEqualTo("2026-03-01T13:00:00Z");
    assertThat(failed.path("gates").path(1))
        .isEqualTo(
            json(
                """
                {"rule": "range: {feature: spend_7d, min: 0.0}", "passed": false,
                 "value": "1 of 3 (33.33 %) lie outside 0.0 and up", "expected": "none",
                 "examples": [{"id": "1", "spend_7d": "-35.0"}]}
                """));
    assertThat(served(project)).isEqualTo(served);

    project.order(ShopProject.ORDERS + "1,50,2026-03-01T12:30:00Z\n");
    assertThat(project.plumb(LATER).exits(0).out())
        .contains("1 rows for the refresh 2026-03-01T13:00:00Z, 2 of 2 expectations met")
        .contains("customer_orders@1: published at");
    assertThat(served(project)).contains("65.0");
  }

  /** The answer for the first customer, by a server of its own. */
  private static String served(ShopProject project) throws Exception {
    try (RunningServer server =
        RunningServer.start(project.arguments("serve --listen 127.0.0.1:0 --format json"))) {
      String address = json(server.greeting()).path("address").asText();
      return project
          .plumb("get customer:spend_7d@1 --entity customer=1 --format json --server " + address)
          .json("get")
          .path("features")
          .toString();
    }
  }

  private static String expecting(String... expectations) {
    return ShopProject.DEFINITIONS.replace(
        "max_age: 2d\n", "max_age: 2d\nexpect:\n  - " + String.join("\n  - ", expectations) + "\n");
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new JsonMapper().readTree(text);
  }
}
