package dev.plumbline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark itself, with one start on each project. */
class StartBenchIT {
  private static final long MEGA = 1_000_000;

  @TempDir Path folder;

  @Test
  void startsAServerAsTheImageDoes() throws Exception {
    Path file = folder.resolve("results.json");

    int code =
        Bench.commandLine()
            .execute(
                "start",
                "--rounds",
                "1",
                "--scratch",
                folder.resolve("scratch").toString(),
                "--json",
                file.toString());

    assertThat(code).isZero();
    JsonNode json = new JsonMapper().readTree(Files.readString(file));
    assertThat(json.get("image").get("bytes").asLong()).isBetween(50 * MEGA, 140 * MEGA);
    assertThat(json.get("cases"))
        .hasSize(2)
        .allSatisfy(
            each -> {
              assertThat(each.get("seconds").get("median").asDouble()).isPositive();
              assertThat(each.get("calls").get("median").asLong()).isPositive();
              assertThat(each.get("resident_bytes_started").get("median").asLong())
                  .isGreaterThan(50 * MEGA);
            });
  }
}
