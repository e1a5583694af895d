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

/** The benchmark itself, on a thousand entities. */
class OnlineBenchIT {
  @TempDir Path folder;

  @Test
  void allSystemsAnswerWhatWasWritten() throws IOException {
    JsonNode json = measured("--shape", "100x50", "--shape", "1x250");

    List<JsonNode> cases = new ArrayList<>();
    json.get("cases").forEach(cases::add);
    assertThat(cases)
        .extracting(each -> each.get("shape").asText() + " " + each.get("system").asText())
        .containsExactly(
            "100x50 plumbline",
            "100x50 grpc-noop",
            "100x50 lettuce-mget",
            "100x50 plain-server",
            "1x250 plumbline",
            "1x250 grpc-noop",
            "1x250 lettuce-mget",
            "1x250 plain-server");
    assertThat(cases).allSatisfy(OnlineBenchIT::requireShape);
    assertThat(json.get("targets")).hasSize(4);
  }

  private JsonNode measured(String... shapes) throws IOException {
    Path scratch = folder.resolve("scratch");
    Path file = folder.resolve("results.json");
    List<String> line = new ArrayList<>(List.of("online", "--entities", "1000", "--rounds", "1"));
    line.addAll(List.of("--seconds-per-round", "1", "--seconds-of-warm-up", "1"));
    line.addAll(List.of("--seconds-at-rate", "1", "--scratch", scratch.toString()));
    line.addAll(List.of("--json", file.toString()));
    line.addAll(List.of(shapes));

    int code = Bench.commandLine().execute(line.toArray(String[]::new));

    assertThat(code).isZero();
    assertThat(scratch).isEmptyDirectory();
    return new JsonMapper().readTree(Files.readString(file));
  }

  private static void requireShape(JsonNode result) {
    JsonNode calls = result.get("calls_per_second");
    assertThat(calls.get("min").asDouble())
        .isPositive()
        .isLessThanOrEqualTo(calls.get("median").asDouble());
    assertThat(calls.get("median").asDouble()).isLessThanOrEqualTo(calls.get("max").asDouble());
    assertThat(result.get("p50_us").asDouble())
        .isPositive()
        .isLessThanOrEqualTo(result.get("p99_us").asDouble());
    assertThat(result.get("alloc_bytes_per_call").asDouble()).isPositive();
    assertThat(result.get("payload_bytes").asDouble()).isGreaterThan(50 * 8);
    JsonNode cpu = result.get("cpu_us_per_call");
    assertThat(cpu.get("client").asDouble()).isPositive();
    if (!result.get("system").asText().equals("lettuce-mget")) {
      assertThat(cpu.get("server").asDouble()).isPositive();
    }
    if (!result.get("system").asText().equals("grpc-noop")) {
      assertThat(cpu.get("redis").asDouble()).isPositive();
    }
  }
}
