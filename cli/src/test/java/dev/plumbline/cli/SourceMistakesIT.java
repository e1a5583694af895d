package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.definition.ViewId;
import dev.plumbline.project.Project;
import dev.plumbline.registry.MetadataDatabase;
import dev.plumbline.registry.RunLedger;
import dev.plumbline.store.local.EphemeralRedis;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that is not what its source declares, from the command line on. */
class SourceMistakesIT {
  private static final String GOOD =
      """
      customer,amount,ordered_at
      1,10.5,2026-02-27T09:30:00Z
      2,99.0,2026-02-28T20:00:00Z
      """;

  private final EphemeralRedis redis = EphemeralRedis.start();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    redis.close();
  }

  @Test
  void aMismatchLeavesTableLedgerAndRedisAsTheyWere() throws IOException {
    ShopProject project = ShopProject.in(folder, redis);
    project.write("orders.csv", GOOD);
    project.plumb("apply").exits(0);
    project.plumb("materialize --all").exits(0);
    project.write(
        "plumb.yaml",
        "project: shop\nnow: 2026-03-02T12:00:00Z\nredis: '%s'\n".formatted(redis.address()));
    Map<String, String> store = dump();
    Map<String, String> files = warehouse();
    var runs = runs();

    for (String data :
        List.of(
            "customer,total,ordered_at\n1,10.5,2026-02-27T09:30:00Z\n", // a column is missing
            GOOD + "3,many,2026-03-01T09:30:00Z\n", // a value is none
            GOOD + "3,1\n")) { // a line is none
      project.write("orders.csv", data);
      Terminal.Output refused = project.plumb("materialize --all").exits(3);
      assertThat(refused.err()).contains("source 'orders' at " + folder.resolve("orders.csv"));
    }

    assertThat(store).isNotEmpty();
    assertThat(dump()).isEqualTo(store);
    assertThat(warehouse()).isEqualTo(files);
    assertThat(runs()).isEqualTo(runs);
    project.write("orders.csv", GOOD);
    project.plumb("materialize --all").exits(0);
  }

  @Test
  void countsWhatIsLeftOutOfRunsAndLabels() throws IOException {
    ShopProject project = ShopProject.in(folder, redis);
    project.define(
        ShopProject.DEFINITIONS.replace("format: csv\n", "format: csv\nbad_rows: quarantine\n"));
    project.write(
        "orders.csv", GOOD + "3,many,2026-03-01T09:30:00Z\n4,1,\n,1,2026-03-01T09:30:00Z\n");
    project.plumb("apply").exits(0);

    JsonNode run =
        project.plumb("materialize --all --format json").json("materialize").path("runs").path(0);

    assertThat(run.path("source_rows_quarantined").asInt()).isOne();
    assertThat(run.path("source_rows_without_event_time").asInt()).isOne();
    assertThat(run.path("source_rows_without_key").asInt()).isOne();
    assertThat(Files.readAllLines(folder.resolve(".plumb/quarantine/orders/rows.jsonl")))
        .singleElement()
        .asString()
        .contains("\"line\":4", "cast(amount as double)", "3,many,2026-03-01T09:30:00Z");

    project.write("orders.csv", GOOD + "3,many,2026-03-01T09:30:00Z\n");
    Terminal.Output built =
        project.plumb("dataset build shop_training --allow-before-coverage").exits(0);

    assertThat(built.out()).contains("bad rows of its labels left out: 1 (see .plumb/quarantine)");
  }

  private List<?> runs() {
    Project project = Project.open(folder, Optional.empty());
    MetadataDatabase metadata = project.openMetadata(Map.of());
    RunLedger ledger = new RunLedger(metadata, "shop");
    ViewId view = new ViewId("customer_orders", 1);
    return List.of(ledger.runs(view), ledger.unfinished(view));
  }

  /** Names and sizes of all files of the warehouse. */
  private Map<String, String> warehouse() throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve(".plumb/warehouse"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        found.put(file.toString(), String.valueOf(Files.size(file)));
      }
    }
    return found;
  }

  /** All keys of the store with their values, as Redis writes them out. */
  private Map<String, String> dump() throws IOException {
    Map<String, String> found = new TreeMap<>();
    URI address = URI.create(redis.address().toString());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      for (String key : ask(socket, "KEYS", "*")) {
        found.put(key, ask(socket, "DUMP", key).get(0));
      }
    }
    return found;
  }

  /** The texts of an answer, a character for each byte. */
  private static List<String> ask(Socket socket, String... words) throws IOException {
    StringBuilder asked = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      asked.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    socket.getOutputStream().write(asked.toString().getBytes(StandardCharsets.ISO_8859_1));
    InputStream answer = socket.getInputStream();
    String head = line(answer);
    if (head.startsWith("$")) {
      return List.of(text(answer, head));
    }
    List<String> texts = new ArrayList<>();
    for (int left = Integer.parseInt(head.substring(1)); left > 0; left--) {
      texts.add(text(answer, line(answer)));
    }
    return texts;
  }

  private static String text(InputStream answer, String head) throws IOException {
    byte[] bytes = answer.readNBytes(Integer.parseInt(head.substring(1)) + 2);
    return new String(bytes, 0, bytes.length - 2, StandardCharsets.ISO_8859_1);
  }

  private static String line(InputStream answer) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = answer.read(); next != '\n'; next = answer.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
