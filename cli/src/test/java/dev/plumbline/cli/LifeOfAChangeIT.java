package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.client.FeatureRequest;
import dev.plumbline.client.FeatureVectors;
import dev.plumbline.client.PlumblineClient;
import dev.plumbline.store.local.EphemeralRedis;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A window of seven days becomes one of fourteen: refused under the published version, made as
 * another one beside it, which the model moves to, until nothing of the old one is left. A server
 * answers all along.
 */
class LifeOfAChangeIT {
  /** Two seconds, on a machine that has nothing else to do. */
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final String SHARED =
      """
      entity: customer
      keys: [{name: id, type: bigint}]
      ---
      source: orders
      format: csv
      path: orders.csv
      event_time: ordered_at
      columns:
        - {name: customer, type: bigint, expr: cast(customer as bigint)}
        - {name: amount, type: double, expr: cast(amount as double)}
        - {name: ordered_at, type: timestamp, expr: to_timestamp(ordered_at)}
      """;

  private static final String VIEW =
      """
      feature_view: customer_orders
      version: %d
      entity: customer
      source: orders
      keys: {id: customer}
      every: 1h
      availability_lag: 5m
      features: [{name: spend, expr: sum(amount), window: %s}]
      """;

  private static final String MODEL =
      """
      feature_service: shop_model
      features: [customer:spend@%d]
      """;

  /** Whoever compares both, and trains on both. */
  private static final String COMPARISON =
      """
      feature_service: comparison
      features: [customer:spend@1, customer:spend@2]
      """;

  private static final String COMPARED =
      """
      ---
      dataset: compared
      service: comparison
      labels:
        source: orders
        time: ordered_at
        columns: [amount]
        keys: {customer: {id: customer}}
      """;

  private static final String ORDERS =
      """
      customer,amount,ordered_at
      1,100.0,2026-02-18T09:30:00Z
      1,10.5,2026-02-27T09:30:00Z
      2,99.0,2026-02-28T20:00:00Z
      """;

  private static final double SEVEN_DAYS = 10.5;
  private static final double FOURTEEN_DAYS = 110.5;

  @TempDir Path folder;
  private ShopProject project;
  private String address;

  @Test
  void aPublishedVersionIsFollowedByAnotherUntilNothingOfItIsLeft() throws Exception {
    try (EphemeralRedis redis = EphemeralRedis.start()) {
      project = ShopProject.in(folder.resolve("shop"), redis);
      project.order(ORDERS);
      declare("shop", SHARED);
      declare("model", MODEL.formatted(1));
      declare("customer_orders", VIEW.formatted(1, "7d"));
      apply(0);
      materialise("customer_orders@1");
      try (RunningServer server =
              RunningServer.start(project.arguments("serve --listen 127.0.0.1:0 --format json"));
          Asker asker = new Asker(address(server))) {
        asker.awaits(SEVEN_DAYS);
        refusesAnotherMeaningUnderTheSameVersion();
        makesAnotherVersionBesideIt();
        servesAndTrainsBothTogether();
        refusesAServiceThatWouldNotBeAnswered();
        movesTheModel(asker);
        retiresAndRemovesTheOldVersion();
        prunesIt(redis);
        letsItNotComeBack();
        assertThat(asker.failures).isEmpty();
        assertThat(asker.values).containsExactly(SEVEN_DAYS, FOURTEEN_DAYS);
        assertThat(asker.answers.get()).isGreaterThan(100);
      }
    }
  }

  private void refusesAnotherMeaningUnderTheSameVersion() {
    declare("customer_orders", VIEW.formatted(1, "14d"));

    String planned = project.plumb("plan").exits(9).out();
    String refused = apply(9).err();

    assertThat(refused)
        .isEqualToNormalizingNewlines(planned)
        .contains("feature_view customer_orders@1", "features.spend.window", "copy it to version 2")
        .contains("customer_orders.v2.yaml");
    assertThat(newestRevision()).isEqualTo(1);
    declare("customer_orders", VIEW.formatted(1, "7d"));
  }

  private void makesAnotherVersionBesideIt() throws Exception {
    declare("customer_orders.v2", VIEW.formatted(2, "14d"));
    declare("model", MODEL.formatted(2));
    assertThat(apply(9).err()).contains("feature_service shop_model", "never fully pushed");
    declare("model", MODEL.formatted(1));

    JsonNode planned = plan("--out " + project.folder().resolve("plan.json"));
    assertThat(change(planned, "feature_view customer_orders@2").path("class").asText())
        .isEqualTo("needs_backfill");
    assertThat(change(planned, "feature_view customer_orders@2").path("staying"))
        .extracting(JsonNode::asText)
        .contains("shop_model");
    assertThat(planned.path("backfills").path(0).path("refreshes").path("value").asInt())
        .isPositive();
    assertThat(
            project.plumb("apply --plan " + project.folder().resolve("plan.json")).exits(0).out())
        .contains("Revision 2", "customer_orders@2");
    materialise("customer_orders@2");
  }

  private void servesAndTrainsBothTogether() throws Exception {
    JsonNode both =
        project
            .plumb(
                "get customer:spend@1 customer:spend@2 --entity customer=1 --format json --server "
                    + address)
            .json("get");
    assertThat(both.findValuesAsText("value"))
        .containsExactly(String.valueOf(SEVEN_DAYS), String.valueOf(FOURTEEN_DAYS));

    declare("comparison", COMPARISON + COMPARED);
    apply(0);
    JsonNode built = project.plumb("dataset build compared --format json").json("dataset.build");
    assertThat(built.path("rows").asInt()).isEqualTo(3);
    project.plumb("dataset verify compared@1").exits(0);
  }

  private void refusesAServiceThatWouldNotBeAnswered() {
    declare("customer_orders.v3", VIEW.formatted(3, "21d"));
    apply(0);
    declare("model", MODEL.formatted(3));

    assertThat(apply(9).err())
        .contains("takes up customer_orders@3, which was never fully pushed", "materialise it");

    declare("model", MODEL.formatted(1));
  }

  private void movesTheModel(Asker asker) throws InterruptedException {
    declare("model", MODEL.formatted(2));

    assertThat(apply(0).out()).contains("feature_service shop_model");

    asker.awaits(FOURTEEN_DAYS);
  }

  private void retiresAndRemovesTheOldVersion() throws IOException {
    declare("customer_orders", VIEW.formatted(1, "7d") + "retired: true\n");
    assertThat(apply(3).err()).contains("pins 'customer_orders@1', which is retired");
    declare("comparison", COMPARISON + "retired: true\n" + COMPARED);
    apply(0);
    assertThat(project.plumb("materialize --all").exits(0).err())
        .contains("customer_orders@1: is retired and passed over");
    assertThat(project.plumb("prune customer_orders@1 --yes").exits(4).err())
        .contains("view 'customer_orders@1' is in the newest revision");

    undeclare("customer_orders");
    undeclare("comparison");
    apply(0);
  }

  private void prunesIt(EphemeralRedis redis) throws Exception {
    Path log = table("customer_orders__v1");
    JsonNode shown = project.plumb("prune --format json").json("prune");

    JsonNode version = shown.path("versions").path(0);
    assertThat(shown.path("deleted").asBoolean()).isFalse();
    assertThat(shown.path("versions")).hasSize(1);
    assertThat(version.path("view").asText()).isEqualTo("customer_orders@1");
    assertThat(version.path("rows").asInt()).isPositive();
    assertThat(version.path("table_bytes").asLong()).isPositive();
    assertThat(version.path("records").asInt()).isEqualTo(2);
    assertThat(version.path("markers").asInt()).isEqualTo(1);
    assertThat(version.path("datasets").path(0).asText()).isEqualTo("compared@1");
    assertThat(keys(redis, 1)).hasSize(3);
    assertThat(log).exists();
    assertThat(stateOfTheFirst()).isEqualTo("removed");
    long others = keys(redis, 2).size();

    String deleted = project.plumb("prune customer_orders@1 --yes").exits(0).out();

    assertThat(deleted)
        .contains("compared@1, built from customer_orders@1, can be neither verified nor built")
        .contains("Deleted. None of these versions can come back.");
    assertThat(keys(redis, 1)).isEmpty();
    assertThat(keys(redis, 2)).hasSize((int) others);
    assertThat(log).doesNotExist();
    assertThat(stateOfTheFirst()).isEqualTo("pruned");
    assertThat(project.plumb("prune").exits(0).out()).startsWith("Nothing to prune");
    assertThat(project.plumb("dataset verify compared@1").exits(5).err())
        .contains("customer_orders@1 was pruned by");
  }

  /** What {@code plumb show} says of version 1, beside the others. */
  private String stateOfTheFirst() throws IOException {
    JsonNode shown = project.plumb("show customer_orders@2 --format json").json("show");
    assertThat(shown.path("versions").path(0).path("version").asInt()).isOne();
    return shown.path("versions").path(0).path("state").asText();
  }

  private void letsItNotComeBack() {
    declare("customer_orders", VIEW.formatted(1, "7d"));
    assertThat(apply(9).err())
        .contains("feature_view customer_orders@1", "its data is deleted", "version 4");
    assertThat(project.plumb("registry rollback 2").exits(9).err())
        .contains("feature_view customer_orders@1", "its data is deleted");
    undeclare("customer_orders");
    assertThat(apply(0).out()).contains("nothing changed");
  }

  /** What {@code plumb plan} says of changes that are not breaking. */
  private JsonNode plan(String options) throws IOException {
    Terminal.Output output = project.plumb("plan --format json " + options).exits(8);
    return new Terminal.Output(0, output.out(), output.err()).json("plan");
  }

  private static JsonNode change(JsonNode plan, String subject) {
    for (JsonNode change : plan.path("changes")) {
      if (change.path("subject").asText().equals(subject)) {
        return change;
      }
    }
    throw new AssertionError("no change of " + subject + " in " + plan);
  }

  private Terminal.Output apply(int code) {
    return project.plumb("apply").exits(code);
  }

  private int newestRevision() {
    return Integer.parseInt(
        project
            .plumb("registry log --last 1")
            .exits(0)
            .out()
            .lines()
            .toList()
            .get(1)
            .strip()
            .split(" ")[0]);
  }

  private void materialise(String view) {
    project.plumb("materialize " + view + " --from 2026-02-12T00:00:00Z").exits(0);
    project.plumb("materialize " + view).exits(0);
  }

  private void declare(String file, String text) {
    project.write("definitions/" + file + ".yaml", text);
  }

  private void undeclare(String file) {
    try {
      Files.delete(project.folder().resolve("definitions/" + file + ".yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String address(RunningServer server) throws IOException {
    address = new Terminal.Output(0, server.greeting(), "").json("serve").path("address").asText();
    return address;
  }

  private Path table(String name) throws IOException {
    try (Stream<Path> folders = Files.list(project.folder().resolve(".plumb/warehouse/shop"))) {
      return folders
          .filter(each -> each.getFileName().toString().startsWith(name + "-"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Of a view's records and its marker, by its number. */
  private static List<String> keys(EphemeralRedis redis, int shortId) {
    try (RedisClient client = RedisClient.create(redis.address().toString())) {
      return client.connect().sync().keys("shop:*").stream()
          .filter(key -> key.endsWith(":" + shortId))
          .toList();
    }
  }

  /** Asks again and again what the model is served, until it is closed. */
  private static final class Asker implements AutoCloseable {
    private final AtomicInteger answers = new AtomicInteger();
    private final Set<Double> values = new ConcurrentSkipListSet<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final PlumblineClient client;
    private final Thread thread;

    Asker(String address) {
      this.client = PlumblineClient.connect(address);
      this.thread = new Thread(this::ask, "asker");
      thread.start();
    }

    private void ask() {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          FeatureVectors.Feature spend =
              client
                  .get(FeatureRequest.service("shop_model").entities("customer", "id", List.of(1L)))
                  .features()
                  .get(0);
          answers.incrementAndGet();
          values.add((Double) spend.values().get(0));
          Thread.sleep(20);
        } catch (InterruptedException e) {
          return;
        } catch (RuntimeException e) {
          failures.add(e.toString());
        }
      }
    }

    /** Returns when this value was answered, which is soon. */
    void awaits(double value) throws InterruptedException {
      long began = System.nanoTime();
      while (!values.contains(value)) {
        assertThat(Duration.ofNanos(System.nanoTime() - began))
            .as(failures::toString)
            .isLessThan(SOON);
        Thread.sleep(20);
      }
    }

    @Override
    public void close() throws InterruptedException {
      thread.interrupt();
      thread.join();
      client.close();
    }
  }
}
