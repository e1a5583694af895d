package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.store.local.EphemeralRedis;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plumb run} under a clock that stands still; under one that does not: ProcessesIT. */
class RunCommandIT {
  @TempDir static Path folder;
  private static final EphemeralRedis REDIS = EphemeralRedis.start();

  @AfterAll
  static void stop() {
    REDIS.close();
  }

  @Test
  void doesWhatIsDueAndEndsWhereTheClockIsFrozen() throws Exception {
    ShopProject project = ShopProject.in(folder.resolve("shop"), REDIS);
    project.plumb("apply").exits(0);

    Terminal.Output untouched = project.plumb("run --all");
    project.plumb("materialize --all --from 2026-02-20T00:00:00Z").exits(0);
    Terminal.Output published = project.plumb("run --all --format json");
    Terminal.Output idle = project.plumb("run --all");
    Terminal.Output later = project.plumb("run customer_orders --once --now 2026-03-01T13:10:00Z");

    assertThat(untouched.exits(0).out()).isEmpty();
    assertThat(untouched.err())
        .contains("the clock is frozen at 2026-03-01T12:00:00Z")
        .contains("customer_orders@1: was never run, and is left alone")
        .contains("plumb materialize customer_orders@1 --from INSTANT");
    JsonNode json = published.json("run");
    assertThat(json.path("at").asText()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(json.path("runs").findValuesAsText("did")).containsExactly("publish");
    assertThat(idle.exits(0).out()).isEmpty();
    assertThat(later.exits(0).out().lines())
        .singleElement()
        .asString()
        .startsWith("2026-03-01T13:10:00Z customer_orders@1: ")
        .contains("rows for the refresh 2026-03-01T13:00:00Z; customer_orders@1: published at");
  }

  @Test
  void aFailureIsTheExitCodeOfOneRound() {
    ShopProject project = ShopProject.in(folder.resolve("broken"), REDIS);
    project.write(
        "plumb.yaml",
        "project: broken\nnow: 2026-03-01T12:00:00Z\nredis: '%s'\n".formatted(REDIS.address()));
    project.plumb("apply").exits(0);
    project.plumb("materialize --all").exits(0);
    project.write("orders.csv", "customer,ordered_at\n");

    Terminal.Output output = project.plumb("run --all --now 2026-03-01T13:10:00Z");

    assertThat(output.exits(3).err())
        .containsOnlyOnce("customer_orders@1: failed: source 'orders'")
        .containsOnlyOnce("unknown column 'amount'")
        .doesNotContain("tried again");
  }
}
