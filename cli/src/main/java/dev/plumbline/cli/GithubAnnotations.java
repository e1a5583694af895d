package dev.plumbline.cli;

import dev.plumbline.definition.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Problems as commands of a GitHub workflow, which shows them beside the lines of a pull request:
 * {@code ::error file=...,line=...,col=...,title=CODE::MESSAGE}.
 */
final class GithubAnnotations {
  /** The variable that names the folder of the repository on a runner. */
  static final String WORKSPACE = "GITHUB_WORKSPACE";

  private final String prefix;

  /**
   * Annotations of files of one project.
   *
   * @param repository the folder that GitHub's paths begin at; absent: the current folder
   */
  GithubAnnotations(Path project, Optional<String> repository) {
    Path root = Path.of(repository.orElse("")).toAbsolutePath().normalize();
    Path folder = project.toAbsolutePath().normalize();
    String inside = folder.startsWith(root) ? root.relativize(folder).toString() : "";
    prefix = inside.isEmpty() ? "" : inside.replace('\\', '/') + "/";
  }

  /** A line for each problem. */
  String of(List<Problem> problems) {
    return problems.stream().map(this::of).collect(Collectors.joining("\n"));
  }

  private String of(Problem problem) {
    return "::error file=%s,line=%d,col=%d,title=%s::%s"
        .formatted(
            property(prefix + problem.file()),
            problem.line(),
            problem.column(),
            property(problem.complaint().code().code()),
            data(problem.complaint().text()));
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }
}
