package dev.plumbline.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.InvalidDefinitionsException;
import dev.plumbline.definition.Problem;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every mistake that we could think of, and the very text that it gives: place, code and remedy.
 * {@code -Dgoldens=write} writes what is said now into the files; who does that reads it.
 */
class BadDefinitionsIT {
  private static final Path CASES = Path.of("src/test/resources/dev/plumbline/definition/bad");
  private static final boolean WRITES = "write".equals(System.getProperty("goldens"));

  /**
   * Of definitions that are sound in themselves: see {@code DataCheckIT} and {@code DataSightIT}.
   */
  private static final Set<ProblemCode> MET_WITH_DATA =
      Set.of(ProblemCode.MISSING_COLUMN, ProblemCode.SOURCE_MISMATCH);

  @TempDir Path temporary;
  private int projects;

  @Test
  void saysWhereWhatAndWhatToDo() throws IOException {
    Set<ProblemCode> met = new TreeSet<>();
    Set<String> names = new HashSet<>();
    List<String> wrong = new ArrayList<>();
    for (Path file : files()) {
      StringBuilder written = new StringBuilder(header(file));
      for (BadCase each : cases(file)) {
        assertThat(names.add(each.name())).as("a second case '%s'", each).isTrue();
        List<Problem> problems = problems(each);
        problems.forEach(problem -> met.add(problem.complaint().code()));
        String now = each.written(problems.stream().map(Problem::toString).toList());
        written.append('\n').append(now);
        if (problems.isEmpty()
            || !problems.stream().allMatch(BadDefinitionsIT::saysWhatToDo)
            || !now.equals(each.written(each.problems()))) {
          wrong.add(now);
        }
      }
      if (WRITES) {
        Files.writeString(file, written);
      }
    }
    assertThat(wrong).as("other than in the files; -Dgoldens=write").isEmpty();
    met.addAll(MET_WITH_DATA);
    assertThat(met).as("codes").containsExactlyInAnyOrder(ProblemCode.values());
    assertThat(names).hasSizeGreaterThanOrEqualTo(150);
  }

  private static boolean saysWhatToDo(Problem problem) {
    return problem.complaint().expected().or(problem.complaint()::remedy).isPresent();
  }

  private List<Problem> problems(BadCase each) throws IOException {
    Path folder = temporary.resolve("flights" + projects++);
    each.write(folder);
    try {
      Project.open(folder, Optional.empty()).loadDefinitions();
      return List.of();
    } catch (InvalidDefinitionsException e) {
      return e.problems();
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  private static List<BadCase> cases(Path file) throws IOException {
    return BadCase.all(Files.readString(file));
  }

  private static String header(Path file) throws IOException {
    return Arrays.stream(Files.readString(file).split("(?m)^== ")).findFirst().orElseThrow().strip()
        + "\n";
  }
}
