package dev.plumbline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark itself, on a thousandth of its rows. */
class OfflineBenchIT {
  @TempDir Path folder;

  @Test
  @Tag("long")
  void allEnginesWriteTheSameRowsInEveryCase() throws IOException {
    JsonNode json = measured();

    Map<String, List<JsonNode>> cases = new LinkedHashMap<>();
    json.get("cases")
        .forEach(
            each ->
                cases
                    .computeIfAbsent(each.get("case").asText(), name -> new ArrayList<>())
                    .add(each));
    assertThat(engines(cases))
        .containsExactly(
            "one-view: duckdb plumbline plumbline-compacted range-join union-last",
            "ten-views: duckdb plumbline plumbline-compacted union-last",
            "ten-views-small: duckdb plumbline range-join union-last",
            "string-keys: duckdb plumbline",
            "hot-key: duckdb plumbline",
            "growth-10m: duckdb plumbline",
            "growth-30m: duckdb plumbline",
            "late-rows: oracle plumbline");
    cases.values().forEach(OfflineBenchIT::requireSameRows);
    cases.forEach((name, each) -> each.forEach(result -> requireShape(name, result)));
    assertThat(json.get("targets")).hasSize(8);
  }

  private JsonNode measured() throws IOException {
    Path scratch = folder.resolve("scratch");
    Path file = folder.resolve("results.json");
    String[] line = {
      "offline",
      "--scale",
      "1000",
      "--rounds",
      "1",
      "--scratch",
      scratch.toString(),
      "--json",
      file.toString()
    };

    int code = Bench.commandLine().execute(line);

    assertThat(code).isZero();
    assertThat(scratch).isEmptyDirectory();
    return new JsonMapper().readTree(Files.readString(file));
  }

  private static List<String> engines(Map<String, List<JsonNode>> cases) {
    return cases.entrySet().stream()
        .map(
            each ->
                each.getKey()
                    + ": "
                    + each.getValue().stream()
                        .map(result -> result.get("engine").asText())
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(" ")))
        .toList();
  }

  private static void requireSameRows(List<JsonNode> results) {
    assertThat(results).extracting(each -> each.get("rows").asLong()).containsOnly(rows(results));
    assertThat(results)
        .extracting(each -> each.get("checksum").asText())
        .containsOnly(results.get(0).get("checksum").asText());
  }

  private static long rows(List<JsonNode> results) {
    return switch (results.get(0).get("case").asText()) {
      case "ten-views-small", "late-rows" -> 100;
      case "growth-30m" -> 3_000;
      default -> 1_000;
    };
  }

  private static void requireShape(String name, JsonNode result) {
    assertThat(result.get("rounds").asInt()).isEqualTo(1);
    assertThat(result.get("layout").asText()).isNotBlank();
    JsonNode seconds = result.get("seconds");
    assertThat(seconds.get("min").asDouble())
        .isPositive()
        .isLessThanOrEqualTo(seconds.get("median").asDouble());
    assertThat(seconds.get("median").asDouble()).isLessThanOrEqualTo(seconds.get("max").asDouble());
    if (name.equals("late-rows")) {
      assertThat(result.has("ratio_to_plumbline")).isFalse();
    } else if (result.get("engine").asText().equals("plumbline")) {
      assertThat(result.get("ratio_to_plumbline").asDouble()).isEqualTo(1);
    } else {
      assertThat(result.get("ratio_to_plumbline").asDouble()).isPositive();
    }
  }
}
