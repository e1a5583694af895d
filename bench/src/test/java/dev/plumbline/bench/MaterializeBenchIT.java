package dev.plumbline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark itself, on some thousands of events. */
class MaterializeBenchIT {
  @TempDir Path folder;

  @Test
  void bothEnginesWriteTheSameChangeLog() throws IOException {
    JsonNode json = measured("--rounds", "2");

    List<JsonNode> cases = cases(json);
    assertThat(cases)
        .extracting(each -> each.get("case").asText() + " " + each.get("engine").asText())
        .containsExactly("windows-10m plumbline", "windows-10m spark-sql", "windows-30m plumbline");
    assertThat(cases.get(0).get("checksum")).isEqualTo(cases.get(1).get("checksum"));
    assertThat(cases.get(0).get("rows")).isEqualTo(cases.get(1).get("rows"));
    assertThat(cases)
        .allSatisfy(
            each -> {
              assertThat(each.get("rounds").asInt()).isEqualTo(2);
              assertThat(each.get("rows").asLong()).isGreaterThan(each.get("events").asLong());
              JsonNode seconds = each.get("seconds");
              assertThat(seconds.get("min").asDouble())
                  .isPositive()
                  .isLessThanOrEqualTo(seconds.get("median").asDouble());
              assertThat(seconds.get("median").asDouble())
                  .isLessThanOrEqualTo(seconds.get("max").asDouble());
            });
    assertThat(json.get("targets")).hasSize(2);
  }

  @Test
  void aLiveRunOnAPastMadeByTheWriterWritesWhatTheEventsSay() throws IOException {
    JsonNode json = measured("--live");

    assertThat(cases(json))
        .extracting(each -> each.get("case").asText())
        .containsExactly("live-2", "live-6");
    assertThat(cases(json)).allMatch(each -> each.get("rows").asLong() > 0);
    assertThat(json.get("curve").get("points")).hasSize(2);
    assertThat(json.get("targets")).hasSize(1);
  }

  private JsonNode measured(String... arguments) throws IOException {
    Path scratch = folder.resolve("scratch");
    Path file = folder.resolve("results.json");
    String[] common = {
      "materialize", "--scale", "small", "--scratch", scratch.toString(), "--json", file.toString()
    };

    int code =
        Bench.commandLine()
            .execute(Stream.concat(Stream.of(common), Stream.of(arguments)).toArray(String[]::new));

    assertThat(code).isZero();
    assertThat(scratch).isEmptyDirectory();
    return new JsonMapper().readTree(Files.readString(file));
  }

  private static List<JsonNode> cases(JsonNode json) {
    List<JsonNode> cases = new ArrayList<>();
    json.get("cases").forEach(cases::add);
    return cases;
  }
}
