package dev.plumbline.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever is done to files, the answer is a revision or a list of problems: no stack trace, no
 * hang, and a heap of 256 MB is enough.
 */
class DefinitionMutationIT {
  @Test
  void aThousandMutationsAreRevisionsOrProblems() throws Exception {
    run(0, Integer.getInteger("mutations", 1_000));
  }

  @Test
  @Tag("long")
  void tenThousandMutationsAreRevisionsOrProblems() throws Exception {
    run(0, 10_000);
  }

  private static void run(int first, int count) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "@../cli/src/main/launcher/spark.opens",
                "-cp",
                classPath(),
                MutationRun.class.getName(),
                String.valueOf(first),
                String.valueOf(count))
            .redirectErrorStream(true)
            .start();

    List<String> output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(String.join("\n", output)).isZero();
    System.out.println(output.get(output.size() - 1));
  }

  private static String classPath() {
    String ofTests = System.getProperty("surefire.test.class.path");
    return ofTests == null ? System.getProperty("java.class.path") : ofTests;
  }
}
