package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plumbline.store.local.EphemeralRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people are told, before anything runs, whose definitions do not fit their data. */
class SourceChecksIT {
  private static final String UNFIT =
      ShopProject.DEFINITIONS
          .replace("expr: cast(amount as double)", "expr: cast(amuont as double)")
          .replace("sum(amount)", "sum(amuont)");

  private static final String PROBLEM =
      "definitions/shop.yaml:10:45: expr: unknown column 'amuont' (expected: one of customer, amount, ordered_at); did you mean 'amount'? [unknown-column]";

  private final EphemeralRedis redis = EphemeralRedis.start();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    redis.close();
  }

  @Test
  void refusesWhatDoesNotFitItsDataAndAppliesNothing() {
    ShopProject project = ShopProject.in(folder, redis);
    project.define(UNFIT);

    for (String command : new String[] {"validate", "apply"}) {
      Terminal.Output refused = project.plumb(command).exits(3);
      assertThat(refused.err().lines())
          .containsExactly(
              PROBLEM,
              "definitions/shop.yaml:23:32: expr: unknown column 'amuont' (expected: one of amount, customer, ordered_at); did you mean 'amount'? [unknown-column]");
    }
    assertThat(project.plumb("materialize --all").exits(5).err()).contains("nothing is applied");
  }

  @Test
  void checksWithoutTheDataOnceItWasApplied() throws IOException {
    ShopProject project = ShopProject.in(folder, redis);
    assertThat(project.plumb("validate --offline").exits(0).err())
        .isEqualTo(
            "warning: source 'orders' is not checked against its data: no apply has seen it yet\n");
    assertThat(folder.resolve(".plumb/metadata.db")).doesNotExist();
    project.plumb("apply").exits(0);
    Files.delete(folder.resolve("orders.csv"));

    assertThat(project.plumb("validate --offline --strict").exits(0).err()).isEmpty();
    project.define(UNFIT);
    assertThat(project.plumb("validate --offline").exits(3).err()).contains(PROBLEM);
  }

  @Test
  void warnsOfWhatItCannotReachUnlessItMustBeReached() throws IOException {
    ShopProject project = ShopProject.in(folder, redis);
    Files.delete(folder.resolve("orders.csv"));

    Terminal.Output warned = project.plumb("validate").exits(0);
    assertThat(warned.err())
        .isEqualTo(
            "warning: source 'orders' is not checked against its data: there is nothing at %s/orders.csv\n"
                .formatted(folder));
    project.plumb("validate --strict").exits(6);
    assertThat(project.plumb("apply").exits(0).err()).contains("source 'orders' is not checked");
    JsonNode document =
        new JsonMapper().readTree(project.plumb("validate --format json").exits(0).out());
    assertThat(document.path("unchecked").path(0).path("source").asText()).isEqualTo("orders");
    assertThat(document.path("unchecked").path(0).path("why").asText())
        .startsWith("there is nothing at");
  }

  @Test
  void readsWhatTheEnvironmentBinds() {
    ShopProject project =
        ShopProject.in(
            folder,
            redis.address().toString(),
            "environments: {prod: {bind: {orders: prod.csv}}}\n");
    project.write("prod.csv", "customer,total,ordered_at\n");

    project.plumb("validate").exits(0);
    assertThat(project.plumb("validate --env prod").exits(3).err())
        .startsWith("definitions/shop.yaml:10:45: expr: unknown column 'amount'");
  }
}
