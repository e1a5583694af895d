package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.Problem;
import dev.plumbline.definition.ProblemCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** As https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands says. */
class GithubAnnotationsTest {
  private static final Problem PROBLEM =
      new Problem(
          "definitions/a,b:c 100%.yaml",
          3,
          7,
          ProblemCode.UNKNOWN_KEY
              .found("unknown key '%s' in entity, 100%%: 'a'", "ke")
              .remedy("did you mean 'key'?"));

  @Test
  void areCommandsOfAWorkflow() {
    String annotations =
        new GithubAnnotations(Path.of("repo"), Optional.of("repo")).of(List.of(PROBLEM, PROBLEM));

    String line =
        "::error file=definitions/a%2Cb%3Ac 100%25.yaml,line=3,col=7,title=unknown-key::unknown key 'ke' in entity, 100%25: 'a'; did you mean 'key'?";
    assertThat(annotations).isEqualTo(line + "\n" + line);
  }

  @Test
  void nameFilesFromTheFolderOfTheRepository() {
    assertThat(file("repo/features/flights", Optional.of("repo")))
        .startsWith("::error file=features/flights/definitions/");
    assertThat(file("features", Optional.empty())).startsWith("::error file=features/definitions/");
    assertThat(file("elsewhere", Optional.of("repo"))).startsWith("::error file=definitions/");
  }

  private static String file(String project, Optional<String> repository) {
    return new GithubAnnotations(Path.of(project), repository).of(List.of(PROBLEM));
  }
}
