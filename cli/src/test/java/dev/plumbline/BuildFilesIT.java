package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the build files of the modules agree on. */
class BuildFilesIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String TESTS = "<type>test-jar</type>";
  private static final String WHERE_TESTS_ARE = "<name>!maven.test.skip</name>";

  /** The launcher compiles no tests, so that the first command of a checkout comes soon. */
  @Test
  void whereTestsAreNotCompiledNoJarOfThemIsNeeded() throws IOException {
    List<Path> modules = modules();

    assertThat(modules).hasSizeGreaterThan(10);
    for (Path module : modules) {
      String always = Files.readString(module).split(WHERE_TESTS_ARE, 2)[0];
      assertThat(always).as("%s, outside of the profile with-tests", module).doesNotContain(TESTS);
    }
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders.map(each -> each.resolve("pom.xml")).filter(Files::exists).toList();
    }
  }
}
