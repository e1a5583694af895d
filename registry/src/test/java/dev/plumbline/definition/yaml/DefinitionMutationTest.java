package dev.plumbline.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.plumbline.definition.InvalidDefinitionsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever people do to their files, the answer is a revision or a list of problems. */
class DefinitionMutationTest {
  private static final int MUTATIONS = Integer.getInteger("mutations", 80);
  private static final String[] SCRAPS = {
    "[", "]", "{", "}", ":", ",", "\"", "'", "null", "---", "\t", "&a ", "*a", "@1", "", "1", "ü",
    "x: y"
  };

  @Test
  void anyTextIsARevisionOrAListOfProblems() {
    for (int seed = 0; seed < MUTATIONS; seed++) {
      String text = mutated(new Random(seed));

      Throwable thrown = catchThrowable(() -> FlightsExample.load(text));

      if (thrown != null) {
        assertThat(thrown).as("seed %d", seed).isInstanceOf(InvalidDefinitionsException.class);
        assertThat(((InvalidDefinitionsException) thrown).problems())
            .as("seed %d", seed)
            .isNotEmpty();
      }
    }
  }

  /** The example with up to three lines dropped, doubled or scribbled on. */
  private static String mutated(Random random) {
    List<String> lines = new ArrayList<>(FlightsExample.text().lines().toList());
    for (int changes = random.nextInt(3); changes >= 0; changes--) {
      int at = random.nextInt(lines.size());
      String line = lines.get(at);
      switch (random.nextInt(4)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(at, line);
        default -> lines.set(at, scribbled(line, random));
      }
    }
    return String.join("\n", lines);
  }

  private static String scribbled(String line, Random random) {
    int from = random.nextInt(line.length() + 1);
    int to = Math.min(line.length(), from + random.nextInt(4));
    return line.substring(0, from) + SCRAPS[random.nextInt(SCRAPS.length)] + line.substring(to);
  }
}
