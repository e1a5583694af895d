package dev.plumbline.definition.json;

import dev.plumbline.definition.yaml.CustomersExample;
import dev.plumbline.definition.yaml.FlightsExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The definitions of this repository, and a thousand ways to write them and the examples. */
class ReformattingIT {
  private static final Path OURS = Path.of("../definitions/flights");

  @Test
  void ourDefinitionsMeanTheSame() throws IOException {
    ReformattingTest.check(ours(), 2);
  }

  @Test
  @Tag("long")
  void ourDefinitionsMeanTheSameAThousandTimes() throws IOException {
    ReformattingTest.check(ours(), 1_000);
  }

  @Test
  @Tag("long")
  void flightsMeanTheSameAThousandTimes() {
    ReformattingTest.check(FlightsExample.text(), 1_000);
  }

  @Test
  @Tag("long")
  void aShopMeansTheSameAThousandTimes() {
    ReformattingTest.check(CustomersExample.text(), 1_000);
  }

  private static String ours() throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.list(OURS)) {
      for (Path file : files.sorted().toList()) {
        texts.add(Files.readString(file));
      }
    }
    return String.join("---\n", texts);
  }
}
