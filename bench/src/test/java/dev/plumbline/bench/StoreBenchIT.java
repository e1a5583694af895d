package dev.plumbline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark itself, on a few thousand rows; it compares what is held with what should be. */
class StoreBenchIT {
  @TempDir Path folder;

  @Test
  void measuresEveryLayoutAndEveryWriter() throws IOException {
    Path file = folder.resolve("results.json");

    int code =
        Bench.commandLine()
            .execute(
                "store",
                "--scale",
                "100",
                "--rounds",
                "2",
                "--scratch",
                folder.resolve("scratch").toString(),
                "--json",
                file.toString());

    assertThat(code).isZero();
    JsonNode json = new JsonMapper().readTree(Files.readString(file));
    assertThat(each(json.get("bytes_per_entity")))
        .hasSize(15)
        .allMatch(size -> size.get("bytes").asDouble() > 0)
        .filteredOn(size -> size.get("case").asText().equals("10-doubles"))
        .extracting(size -> size.get("layout").asText())
        .containsExactly("plumbline", "hash-per-entity", "hash-text");
    assertThat(each(json.get("load_rows_per_second")))
        .hasSize(6)
        .allSatisfy(
            speed ->
                assertThat(speed.get("median").asDouble())
                    .isBetween(speed.get("min").asDouble(), speed.get("max").asDouble()))
        .extracting(speed -> speed.get("case").asText() + " " + speed.get("writer").asText())
        .containsExactly(
            "empty plumbline",
            "empty pipelined-set",
            "full plumbline",
            "full pipelined-set",
            "contended plumbline",
            "contended pipelined-set");
    assertThat(each(json.get("targets"))).hasSize(5);
  }

  private static List<JsonNode> each(JsonNode array) {
    List<JsonNode> all = new ArrayList<>();
    array.forEach(all::add);
    return all;
  }
}
