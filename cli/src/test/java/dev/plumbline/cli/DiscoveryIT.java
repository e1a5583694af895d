package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.offline.preview.KnownValues;
import dev.plumbline.offline.preview.Preview;
import dev.plumbline.online.ServerClock;
import dev.plumbline.project.Project;
import dev.plumbline.store.local.EphemeralRedis;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.type.Micros;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A project looked at before anything is applied, and after everything is. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DiscoveryIT {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static final String MORE =
      """
      ---
      feature_view: last_order
      version: 1
      entity: customer
      source: orders
      keys: {id: customer}
      every: 1h
      features: [{name: last_amount, expr: amount}]
      ---
      on_demand_view: spree
      version: 1
      inputs: [customer:spend_7d@1]
      request: [{name: price, type: double}]
      features: [{name: times, expr: "price / nullif(customer.spend_7d, 0)", description: How often.}]
      """;

  @TempDir static Path folder;
  private static final EphemeralRedis REDIS = EphemeralRedis.start();
  private static ShopProject project;

  @AfterAll
  static void stop() {
    REDIS.close();
  }

  @Test
  @Order(1)
  void beforeAnythingIsAppliedTheFilesAreLookedThroughAndThatIsSaid() throws Exception {
    project = ShopProject.in(folder.resolve("shop"), REDIS);
    project.define(ShopProject.DEFINITIONS + MORE);

    Terminal.Output text = project.plumb("list");
    JsonNode json = project.plumb("list services --format json").json("list");

    assertThat(text.exits(0).out())
        .contains("customer_orders@1  feature view", "nothing is applied yet");
    assertThat(json.path("definitions").path("of").asText()).isEqualTo("files");
    assertThat(json.path("definitions").path("nothing_applied").asBoolean()).isTrue();
    assertThat(json.path("items")).hasSize(1);
    assertThat(json.path("items").path(0).path("ref").asText()).isEqualTo("shop_model");
    assertThat(project.plumb("show customer_orders").exits(0).out()).contains("declared");
    assertThat(project.folder().resolve(".plumb")).doesNotExist();
  }

  @Test
  @Order(2)
  void aPreviewNeedsNothingAndLeavesNothing() throws Exception {
    JsonNode json = project.plumb("preview customer_orders --format json").json("preview");
    JsonNode one =
        project.plumb("preview customer_orders --entity 2 --format json").json("preview");

    assertThat(json.path("view").asText()).isEqualTo("customer_orders@1");
    assertThat(json.path("refresh").asText()).isEqualTo("2026-03-01T11:00:00Z");
    assertThat(json.path("entities").asInt()).isEqualTo(3);
    assertThat(json.path("source_rows").asInt()).isEqualTo(4);
    JsonNode spend = json.path("features").path(1);
    assertThat(spend.path("name").asText()).isEqualTo("spend_7d");
    assertThat(spend.path("min").asDouble()).isEqualTo(1.0);
    assertThat(spend.path("max").asDouble()).isEqualTo(99.0);
    assertThat(spend.path("mean").asDouble()).isEqualTo((15.0 + 99.0 + 1.0) / 3);
    assertThat(spend.path("histogram")).hasSize(20);
    assertThat(spend.path("histogram").path(0).asInt()).isOne();
    assertThat(spend.path("histogram").path(19).asInt()).isOne();
    assertThat(json.path("rows")).hasSize(3);
    assertThat(one.path("rows")).hasSize(1);
    assertThat(one.path("rows").path(0).toString())
        .isEqualTo(
            "{\"entity\":{\"id\":2},\"event_time\":\"2026-03-01T11:00:00Z\",\"values\":{\"orders_1d\":1,\"spend_7d\":99.0}}");
    assertThat(project.folder().resolve(".plumb")).doesNotExist();
  }

  @Test
  @Order(2)
  void anOnDemandViewIsPreviewedForARequest() throws Exception {
    String command = "preview spree --entity customer=2 --value price=49.5";

    JsonNode json = project.plumb(command + " --format json").json("preview");

    assertThat(json.path("features").toString())
        .isEqualTo(
            "[{\"name\":\"times\",\"type\":\"double\",\"status\":\"PRESENT\",\"value\":0.5}]");
    assertThat(project.plumb("preview spree --value price=1").exits(2).err())
        .contains("nothing for 'customer'; add --entity customer=...");
    assertThat(project.plumb("preview spree --entity 2").exits(2).err()).contains("of which role?");
    assertThat(project.plumb("preview customer_order").exits(5).err())
        .contains("did you mean 'customer_orders'?");
    assertThat(project.plumb("preview customer_orders --at 2030-01-01T00:00:00Z").exits(2).err())
        .contains("yet to come");
  }

  @Test
  @Order(3)
  void aPreviewIsToTheBitWhatARunWrites() throws Exception {
    int seed = new Random().nextInt();
    project.order(randomOrders(seed));
    project.plumb("apply").exits(0);
    project.plumb("materialize --all").exits(0);
    Map<String, String> before = files();
    long records = records();

    try (Workspace workspace = workspace()) {
      Revision revision = workspace.project().loadDefinitions();
      for (String name : List.of("customer_orders", "last_order")) {
        FeatureView view = revision.view(new ViewId(name, 1));
        long due = view.timing().newestDue(Micros.of(NOON));

        Preview preview = workspace.preview(revision).over(view, due, OptionalInt.empty(), 1_000);

        Map<List<Object>, List<Object>> previewed = new HashMap<>();
        preview.examples().forEach(each -> previewed.put(each.key(), each.values()));
        assertThat(previewed).as("seed %d, %s", seed, name).isEqualTo(written(workspace, view));
        assertThat(preview.entities()).isEqualTo(previewed.size());
      }
    }

    assertThat(files()).isEqualTo(before);
    assertThat(records()).isEqualTo(records);
  }

  /** The newest row of each entity in the log. */
  private static Map<List<Object>, List<Object>> written(Workspace workspace, FeatureView view) {
    Map<List<Object>, List<FeatureRow>> rows =
        workspace.glance().rows(view, workspace.applied().revision().entity(view.entity()), 1_000);
    Ledger ledger = new Ledger(view.timing(), workspace.ledger().runs(view.id()));
    Map<List<Object>, List<Object>> written = new HashMap<>();
    rows.forEach(
        (key, log) -> written.put(key, KnownValues.at(NOON, view, ledger, key, log).values()));
    return written;
  }

  private static String randomOrders(int seed) {
    Random random = new Random(seed);
    StringBuilder orders = new StringBuilder("customer,amount,ordered_at\n");
    for (int i = 0; i < 400; i++) {
      orders
          .append(1 + random.nextInt(60))
          .append(',')
          .append(random.nextInt(10) == 0 ? "" : String.valueOf(random.nextGaussian() / 3))
          .append(',')
          .append(NOON.minusSeconds(random.nextInt(10 * 86_400)))
          .append('\n');
    }
    return orders.toString();
  }

  private static Workspace workspace() {
    return new Workspace(
        Project.open(project.folder(), Optional.empty()),
        new ServerClock(Optional.of(NOON)),
        new Console(ProjectOptions.Format.TEXT));
  }

  private static Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(project.folder())) {
      for (Path each : all.toList()) {
        String content =
            Files.isDirectory(each)
                ? "folder"
                : Files.getLastModifiedTime(each) + " " + Files.size(each);
        files.put(each.toString(), content);
      }
    }
    return files;
  }

  private static long records() {
    try (RedisClient client = RedisClient.create(REDIS.address().toString())) {
      return client.connect().sync().dbsize();
    }
  }

  @Test
  @Order(4)
  void showTellsAllThatIsKnownOfAView() throws Exception {
    JsonNode json = project.plumb("show customer_orders --format json").json("show");

    assertThat(json.path("kind").asText()).isEqualTo("feature_view");
    assertThat(json.path("ref").asText()).isEqualTo("customer_orders@1");
    assertThat(json.path("definitions").path("revision").asInt()).isOne();
    assertThat(json.path("definition").path("max_age").asText()).isEqualTo("PT48H");
    assertThat(json.path("yaml").asText())
        .startsWith("feature_view: customer_orders\nversion: 1\n");
    assertThat(json.path("files").path("comparison").asText()).isEqualTo("same");
    assertThat(json.path("fingerprint").asText()).hasSize(64);
    assertThat(json.path("metadata_fingerprint").asText()).hasSize(64);
    assertThat(json.path("features").findValuesAsText("fingerprint")).hasSize(2);
    JsonNode version = json.path("versions").path(0);
    assertThat(version.path("state").asText()).isEqualTo("applied");
    assertThat(version.path("materialized_to").asText()).isEqualTo("2026-03-01T11:00:00Z");
    assertThat(version.path("published_at").asText()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(version.path("fingerprint")).isEqualTo(json.path("fingerprint"));
    assertThat(json.path("freshness").path("age_seconds").asInt()).isEqualTo(3600);
    assertThat(json.path("freshness").path("max_age_seconds").asInt()).isEqualTo(2 * 86_400);
    assertThat(json.path("freshness").path("expired").asBoolean()).isFalse();
    assertThat(json.path("freshness").path("next_due_at").asText())
        .isEqualTo("2026-03-01T12:05:00Z");
    assertThat(json.path("examples").path("as_of").asText()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(json.path("examples").path("entities")).hasSize(5);
    assertThat(json.path("examples").path("entities").path(0).path("status").asText())
        .isEqualTo("PRESENT");
    assertThat(json.path("used_by").findValuesAsText("ref"))
        .containsExactly("spree@1", "shop_model", "shop_training");
  }

  @Test
  @Order(4)
  void whatSomebodyChangedInTheFilesIsSeenBesideWhatIsApplied() throws Exception {
    project.define((ShopProject.DEFINITIONS + MORE).replace("window: 7d", "window: 14d"));

    JsonNode json = project.plumb("show customer:spend_7d --format json").json("show");
    Terminal.Output text = project.plumb("show customer:spend_7d");
    project.define("nonsense: 1");
    Terminal.Output broken = project.plumb("show customer:spend_7d");
    project.define(ShopProject.DEFINITIONS + MORE);

    assertThat(json.path("files").path("lines"))
        .extracting(JsonNode::asText)
        .containsExactly("- window: 7d", "+ window: 14d");
    assertThat(text.exits(0).out()).contains("which is not applied:", "- window: 7d");
    assertThat(broken.exits(0).out()).contains("problems and are not compared");
  }

  @Test
  @Order(4)
  void aFeatureHasFingerprintsOfItsOwnAndWordsMoveOneOfThem() throws Exception {
    JsonNode view = project.plumb("show customer_orders --format json").json("show");
    JsonNode before = project.plumb("show customer:spend_7d --format json").json("show");
    String named = "window: 7d, description: Spent in a week.";
    project.define((ShopProject.DEFINITIONS + MORE).replace("window: 7d", named));

    JsonNode after = project.plumb("show customer:spend_7d --tree --format json").json("show");
    Terminal.Output text = project.plumb("show customer:spend_7d --tree");
    project.define(ShopProject.DEFINITIONS + MORE);

    String fingerprint = before.path("fingerprint").asText();
    assertThat(view.path("features").path(1).path("fingerprint").asText()).isEqualTo(fingerprint);
    assertThat(fingerprint).hasSize(64).isNotEqualTo(view.path("fingerprint").asText());
    assertThat(after.path("fingerprint").asText()).isEqualTo(fingerprint);
    assertThat(after.path("metadata_fingerprint").asText())
        .hasSize(64)
        .isNotEqualTo(before.path("metadata_fingerprint").asText());
    assertThat(text.exits(0).out()).contains("\nfingerprint " + fingerprint.substring(0, 12));
  }

  @Test
  @Order(4)
  void searchRanksAndTellsWhereTheWordStands() throws Exception {
    JsonNode hits = project.plumb("search spend --format json").json("search").path("hits");

    assertThat(hits.path(0).path("ref").asText()).isEqualTo("customer:spend_7d@1");
    assertThat(hits.path(0).path("match").toString())
        .isEqualTo("{\"place\":\"name\",\"text\":\"spend_7d\",\"from\":0,\"length\":5}");
    assertThat(hits.path(1).path("ref").asText()).isEqualTo("spree:times@1");
    assertThat(hits.path(1).path("match").path("place").asText()).isEqualTo("expression");
    assertThat(project.plumb("search nowhere").exits(0).out()).contains("Nothing has 'nowhere'.");
  }

  @Test
  @Order(5)
  void usesFollowsASourceDownToTheDatasetsThatWereBuilt() {
    project.plumb("dataset build shop_training --allow-before-coverage").exits(0);

    Terminal.Output uses = project.plumb("uses orders");

    assertThat(uses.exits(0).out())
        .startsWith(
            """
            source orders
            ├─ feature view customer_orders@1
            │  ├─ on-demand view spree@1  (as customer: spend_7d)
            │  └─ service shop_model  (as customer: orders_1d, spend_7d)
            │     └─ dataset shop_training
            │        └─ version shop_training@1  (400 rows, built at 2026-03-01T12:00:00Z)
            ├─ feature view last_order@1
            └─ dataset shop_training  (its labels) …
            revision 1 (""");
  }

  @Test
  @Order(5)
  void namesThatAreUnknownOrMeanSeveralThingsAreRefused() {
    assertThat(project.plumb("show custmer").exits(5).err())
        .contains("nothing is called 'custmer'; did you mean 'customer'?");
    assertThat(project.plumb("uses customer_orders@7").exits(5).err())
        .contains("'customer_orders@7' (known: customer_orders@1)");
    assertThat(project.plumb("list thing").exits(2).err()).contains("no kind of thing");
    assertThat(project.plumb("list viws").exits(2).err()).contains("did you mean");
  }
}
