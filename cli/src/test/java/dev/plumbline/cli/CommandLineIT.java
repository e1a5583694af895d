package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.store.local.EphemeralRedis;
import io.lettuce.core.RedisClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands one after the other on a small project, as programs call them. */
class CommandLineIT {
  /** By then servers answer from a revision that was applied. */
  private static final Duration SOON = Duration.ofSeconds(2);

  @TempDir static Path folder;

  private static final EphemeralRedis REDIS = EphemeralRedis.start();
  private static ShopProject project;
  private static Terminal.Output applied;
  private static Terminal.Output backfilled;
  private static Terminal.Output published;
  private static Terminal.Output built;
  private static RunningServer server;
  private static String address;

  @BeforeAll
  static void bringTheProjectOnline() throws Exception {
    project = ShopProject.in(folder.resolve("shop"), REDIS);
    applied = project.plumb("apply --format json");
    backfilled = project.plumb("materialize --all --from 2026-02-20T00:00:00Z --format json");
    published = project.plumb("materialize customer_orders@1 --format json");
    built = project.plumb("dataset build shop_training --format json");
    server = RunningServer.start(project.arguments("serve --listen 127.0.0.1:0 --format json"));
    address = new Terminal.Output(0, server.greeting(), "").json("serve").path("address").asText();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (server != null) {
      server.close();
    }
    REDIS.close();
  }

  @Test
  void applyTellsTheRevision() throws Exception {
    JsonNode json = applied.json("apply");

    assertThat(json.path("revision").asInt()).isEqualTo(1);
    assertThat(json.path("fingerprint").asText()).hasSize(64);
    assertThat(json.path("changed").asBoolean()).isTrue();
  }

  @Test
  void applyingAgainChangesNothing() throws Exception {
    JsonNode again = project.plumb("apply --format json").json("apply");

    assertThat(again.path("changed").asBoolean()).isFalse();
    assertThat(again.path("revision")).isEqualTo(applied.json("apply").path("revision"));
  }

  @Test
  void aBackfillTellsItsRowsAndPublishesNothing() throws Exception {
    JsonNode runs = backfilled.json("materialize").path("runs");

    assertThat(runs).hasSize(1);
    assertThat(runs.path(0).path("did").asText()).isEqualTo("materialize");
    assertThat(runs.path(0).path("kind").asText()).isEqualTo("backfill");
    assertThat(runs.path(0).path("refresh").asText()).isEqualTo("2026-03-01T11:00:00Z");
    assertThat(runs.path(0).path("rows").asInt()).isPositive();
  }

  @Test
  void theNextRunPublishesEveryCustomer() throws Exception {
    JsonNode runs = published.json("materialize").path("runs");

    assertThat(runs).hasSize(1);
    assertThat(runs.path(0).path("did").asText()).isEqualTo("publish");
    assertThat(runs.path(0).path("written").asInt()).isEqualTo(3);
  }

  @Test
  void materializingAgainHasNothingToDo() {
    assertThat(project.plumb("materialize --all").exits(0).out())
        .isEqualToIgnoringNewLines("Nothing to do: every view is up to date.");
  }

  @Test
  void aBackfillOfALiveViewIsAConflict() {
    assertThat(project.plumb("materialize --all --from 2026-02-20T00:00:00Z").exits(4).err())
        .contains("the version is live", "define a new version");
  }

  @Test
  void pushingAgainWritesNothing() throws Exception {
    JsonNode runs = project.plumb("push --all --format json").json("push").path("runs");

    assertThat(runs.path(0).path("written").asInt()).isZero();
  }

  @Test
  void aRepairTellsAndMendsWhatWasLost() throws Exception {
    try (RedisClient client = RedisClient.create(REDIS.address().toString())) {
      var redis = client.connect().sync();
      assertThat(redis.del(redis.keys("shop:{customer:*").get(0))).isOne();
    }

    String compared = project.plumb("push --all --repair --dry-run --format json").exits(7).out();
    JsonNode mended = project.plumb("push --all --repair --format json").json("push");
    Terminal.Output after = project.plumb("push --all --repair --dry-run");

    JsonNode run = new Terminal.Output(0, compared, "").json("push").path("runs").path(0);
    assertThat(run.path("did").asText()).isEqualTo("compare");
    assertThat(run.path("published").asBoolean()).isTrue();
    assertThat(run.path("compared").asInt()).isEqualTo(3);
    assertThat(run.path("differences").path("absent").asInt()).isOne();
    assertThat(run.path("differences").path("foreign").asInt()).isZero();
    assertThat(run.path("examples").path(0).path("entity").asText()).startsWith("id=");
    assertThat(mended.path("runs").path(0).path("did").asText()).isEqualTo("repair");
    assertThat(after.exits(0).out())
        .isEqualToIgnoringNewLines(
            "customer_orders@1: 3 records compared with the log, no difference");
  }

  @Test
  void aComparisonSaysThatAServerDoesNotShowTheLastRun() {
    try (RedisClient client = RedisClient.create(REDIS.address().toString())) {
      var redis = client.connect().sync();
      assertThat(redis.del(redis.keys("shop:marker:*").get(0))).isOne();
    }

    Terminal.Output compared = project.plumb("push --all --repair --dry-run");
    project.plumb("push --all --repair").exits(0);

    assertThat(compared.exits(7).out())
        .isEqualToIgnoringNewLines(
            "customer_orders@1: 3 records compared with the log, no difference; but the last run is not published, so a server does not show them");
    project.plumb("push --all --repair --dry-run").exits(0);
  }

  @Test
  void aStoreThatWasLostIsWholeAfterAPush() throws Exception {
    try (RedisClient client = RedisClient.create(REDIS.address().toString())) {
      client.connect().sync().flushall();
    }

    project.plumb("push --all --repair --dry-run").exits(7);
    project.plumb("push --all").exits(0);

    project.plumb("push --all --repair --dry-run").exits(0);
    try (RunningServer other =
        RunningServer.start(project.arguments("serve --listen 127.0.0.1:0 --format json"))) {
      String there =
          new Terminal.Output(0, other.greeting(), "").json("serve").path("address").asText();
      assertThat(
              project.plumb("get shop_model --entity customer=1 --server " + there).exits(0).out())
          .contains("PRESENT");
    }
  }

  @Test
  void aRevisionThatCannotBeReadIsPublishedAgainByAPush() {
    try (RedisClient client = RedisClient.create(REDIS.address().toString())) {
      var redis = client.connect().sync();
      String key = redis.keys("*:revision").get(0);
      String published = redis.get(key);
      redis.set(key, "no revision");

      project.plumb("push --all --repair --dry-run").exits(7);
      project.plumb("push --all").exits(0);

      assertThat(redis.get(key)).isEqualTo(published);
      project.plumb("push --all --repair --dry-run").exits(0);
    }
  }

  @Test
  void maintenanceLeavesTheRowsAsTheyWere() throws Exception {
    JsonNode planned = project.plumb("maintain --all --dry-run --format json").json("maintain");
    JsonNode done = project.plumb("maintain --all --keep 0s --format json").json("maintain");
    Terminal.Output again = project.plumb("maintain customer_orders --dry-run");

    JsonNode run = done.path("runs").path(0);
    assertThat(planned.path("runs").path(0).path("did").asText()).isEqualTo("plan");
    assertThat(run.path("did").asText()).isEqualTo("maintain");
    assertThat(run.path("content_hash").asText()).hasSize(64);
    assertThat(run.path("content_hash"))
        .isEqualTo(planned.path("runs").path(0).path("content_hash"));
    assertThat(run.path("after").path("files").asLong())
        .isLessThanOrEqualTo(run.path("before").path("files").asLong());
    assertThat(again.exits(0).out()).contains("to put together: 0");
    JsonNode dataset =
        project.plumb("dataset build shop_training --format json").json("dataset.build");
    assertThat(dataset.path("content_hash").asText())
        .isEqualTo(built.json("dataset.build").path("content_hash").asText());
  }

  @Test
  void aDatasetHasEveryLabelAndIsListed() throws Exception {
    JsonNode json = built.json("dataset.build");
    JsonNode list = project.plumb("dataset list --format json").json("dataset.list");

    assertThat(json.path("rows").asInt()).isEqualTo(4);
    assertThat(list.path("datasets").path(0).path("content_hash"))
        .isEqualTo(json.path("content_hash"));
  }

  @Test
  void validateListsTheViews() throws Exception {
    JsonNode json = project.plumb("validate --format json").json("validate");

    assertThat(json.path("valid").asBoolean()).isTrue();
    assertThat(json.path("views").path(0).asText()).isEqualTo("customer_orders@1");
  }

  @Test
  void getAnswersWithStatuses() throws Exception {
    JsonNode features = get("shop_model --entity customer=1").json("get").path("features");

    assertThat(features.findValuesAsText("status")).containsExactly("PRESENT", "PRESENT");
    assertThat(features.findValuesAsText("value")).containsExactly("1", "15.0");
  }

  @Test
  void getTellsTheUnknownFromTheOld() throws Exception {
    JsonNode unknown = get("customer:orders_1d@1 --entity customer=4").json("get");
    JsonNode old = get("customer:orders_1d@1 --entity customer=1 --max-age 1m").json("get");

    assertThat(unknown.findValuesAsText("status")).containsExactly("MISSING");
    assertThat(old.findValuesAsText("status")).containsExactly("EXPIRED");
  }

  @Test
  void getNamesWhatTheRequestLacks() {
    assertThat(get("shop_model").exits(2).err()).contains("--entity customer=");
    assertThat(get("shop_model --entity customer=ann").exits(2).err())
        .contains("--entity customer", "bigint");
    assertThat(get("shop_model --entity customer=1 --entity shop=1").exits(2).err())
        .contains("--entity shop", "known: customer");
  }

  @Test
  void aLoadTellsHowLongAnswersTake() throws Exception {
    long pid = ProcessHandle.current().pid();
    JsonNode json =
        load("shop_model --range customer=1..4 --rows 2 --server-pid " + pid).json("load");

    assertThat(json.path("replies").asLong()).isEqualTo(200);
    assertThat(json.path("goodput_per_second").asDouble()).isEqualTo(200);
    assertThat(json.path("failures")).isEmpty();
    assertThat(json.path("payload_bytes").asDouble()).isGreaterThan(100);
    JsonNode latency = json.path("latency_us");
    assertThat(latency.path("p50").asDouble())
        .isPositive()
        .isLessThanOrEqualTo(latency.path("p99_9").asDouble());
    assertThat(json.path("cpu_us_per_call").path("client").asDouble()).isPositive();
    assertThat(json.path("cpu_us_per_call").path("server").asDouble()).isPositive();
    assertThat(json.path("cpu_us_per_call").has("redis")).isFalse();
  }

  @Test
  void aLoadTakesKeysFromAFileAndSomeMoreOftenThanOthers() throws Exception {
    Path keys = Files.writeString(folder.resolve("keys.csv"), "name,id\n\"a, b\",1\nc,2\n");

    Terminal.Output output =
        project.plumb(
            "load customer:orders_1d@1 --zipf 1 --rate 200 --seconds 1 --warm-up 0 --server %s --keys %s"
                .formatted(address, keys));

    assertThat(output.exits(0).out())
        .contains("for customer:orders_1d@1: 200 calls, 200 a second, 1 row each")
        .contains("failures   none")
        .contains("p99.9");
  }

  @Test
  void aLoadSaysWhatIsWrongWithItsKeys() throws Exception {
    Path wrong = Files.writeString(folder.resolve("wrong.csv"), "id\n1\nann\n");
    Path other = Files.writeString(folder.resolve("other.csv"), "customer\n1\n");

    assertThat(load("shop_model").exits(2).err()).contains("--range customer=FROM..TO");
    assertThat(load("shop_model --range customer=4..1").exits(2).err()).contains("ROLE=FROM..TO");
    assertThat(load("shop_model --range shop=1..4").exits(2).err()).contains("known: customer");
    assertThat(load("shop_model --keys " + wrong).exits(3).err())
        .contains("wrong.csv:3: column 'id'", "bigint");
    assertThat(load("shop_model --keys " + other).exits(3).err())
        .contains("no column 'customer.id' or 'id' (found: customer)");
    assertThat(load("shop_model --keys absent.csv").exits(5).err()).contains("absent.csv");
    assertThat(load("shop_mode --range customer=1..4").exits(5).err())
        .contains("did you mean 'shop_model'?");
  }

  private static Terminal.Output load(String line) {
    return project.plumb(
        "load %s --rate 200 --seconds 1 --warm-up 0 --format json --server %s"
            .formatted(line, address));
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(project.plumb("materialize customer_order").exits(5).err())
        .contains("no feature view 'customer_order'", "customer_orders@1");
    assertThat(project.plumb("dataset build shop_trainin").exits(5).err()).contains("shop_trainin");
    assertThat(get("shop_mode --entity customer=1").exits(5).err())
        .contains("shop_mode", "did you mean 'shop_model'?");
    assertThat(project.plumb("apply --env prod").exits(5).err()).contains("'prod'");
    assertThat(Terminal.run("apply", "--project", folder.toString()).exits(5).err())
        .contains("plumb.yaml or definitions/");
  }

  @Test
  void beforeApplyThereIsNothing() {
    ShopProject fresh = ShopProject.in(folder.resolve("fresh"), REDIS);

    assertThat(fresh.plumb("materialize --all").exits(5).err()).contains("run: plumb apply");
    assertThat(fresh.plumb("dataset build shop_training").exits(5).err())
        .contains("run: plumb apply");
  }

  @Test
  void aServerThatDoesNotAnswerIsUnavailable() {
    assertThat(project.plumb("get shop_model --entity customer=1 --server 127.0.0.1:1").exits(6))
        .satisfies(output -> assertThat(output.out()).isEmpty())
        .satisfies(
            output ->
                assertThat(output.err())
                    .contains("no feature server answers at 127.0.0.1:1", "`plumb serve`"));
  }

  @Test
  void aServerTakesNoMoreThanItsLimits() throws Exception {
    String line = "serve --listen 127.0.0.1:0 --format json --max-references 1";
    try (RunningServer strict = RunningServer.start(project.arguments(line))) {
      String there =
          new Terminal.Output(0, strict.greeting(), "").json("serve").path("address").asText();

      assertThat(
              project
                  .plumb(
                      "get customer:orders_1d@1 customer:orders_1d@1 --entity customer=1 --server "
                          + there)
                  .exits(2)
                  .err())
          .contains("has 2 references (expected: at most 1, --max-references)");
    }
    assertThat(project.plumb("serve --max-rows 0").exits(2).err())
        .contains("--max-rows 0 (expected: at least 1)");
  }

  @Test
  void aRedisThatDoesNotAnswerIsUnavailable() {
    ShopProject alone = ShopProject.in(folder.resolve("alone"), "127.0.0.1:1");

    assertThat(alone.plumb("apply").exits(6).err()).contains("127.0.0.1:1");
  }

  @Test
  void anotherMeaningOfAPublishedVersionIsBreaking() {
    project.define(ShopProject.DEFINITIONS.replace("window: 7d", "window: 8d"));
    try {
      Terminal.Output output = project.plumb("apply");

      assertThat(output.exits(9).err()).contains("customer_orders@1", "customer_orders.v2.yaml");
    } finally {
      project.define(ShopProject.DEFINITIONS);
    }
  }

  @Test
  void aModelMovesToAnotherVersionByItsPin() throws Exception {
    String second =
        """
        ---
        feature_view: customer_orders
        version: 2
        entity: customer
        source: orders
        keys: {id: customer}
        every: 1h
        features: [{name: orders_1d, expr: count(*) filter (where amount > 5), window: 1d}]
        """;
    try (EphemeralRedis redis = EphemeralRedis.start()) {
      ShopProject moving = ShopProject.in(folder.resolve("moving"), redis);
      moving.define(ShopProject.DEFINITIONS + second);
      moving.plumb("apply").exits(0);
      moving.plumb("materialize --all").exits(0);
      try (RunningServer serving =
          RunningServer.start(moving.arguments("serve --listen 127.0.0.1:0 --format json"))) {
        String asking =
            "get shop_model --entity customer=1 --server "
                + new Terminal.Output(0, serving.greeting(), "")
                    .json("serve")
                    .path("address")
                    .asText();
        assertThat(moving.plumb(asking).exits(0).out()).contains("customer:orders_1d@1");

        String pinned = ShopProject.DEFINITIONS.replace("orders_1d@1", "orders_1d@2");
        moving.define(pinned + second);
        moving.plumb("apply").exits(0);

        long applied = System.nanoTime();
        while (!moving.plumb(asking).exits(0).out().contains("customer:orders_1d@2")) {
          assertThat(Duration.ofNanos(System.nanoTime() - applied)).isLessThan(SOON);
          Thread.sleep(20);
        }
      }
    }
  }

  private static Terminal.Output get(String line) {
    return project.plumb("get " + line + " --format json --server " + address);
  }
}
