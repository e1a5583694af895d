package dev.plumbline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark itself, on few views; it fails unless a check finds all of them valid. */
@Tag("long") // runs the checkout's own launcher, which builds what is not built
class ValidateBenchIT {
  @TempDir Path folder;

  @Test
  void checksWholeProjects() throws IOException {
    Path file = folder.resolve("results.json");

    int code =
        Bench.commandLine()
            .execute(
                "validate",
                "--scale",
                "20",
                "--rounds",
                "1",
                "--scratch",
                folder.resolve("scratch").toString(),
                "--json",
                file.toString());

    assertThat(code).isZero();
    JsonNode cases = new JsonMapper().readTree(Files.readString(file)).path("cases");
    assertThat(cases.findValuesAsText("views")).containsExactly("10", "25");
    assertThat(cases.path(1).path("seconds").path("median").asDouble()).isPositive();
    assertThat(cases.path(1).path("cpu_seconds").path("median").asDouble()).isPositive();
  }
}
