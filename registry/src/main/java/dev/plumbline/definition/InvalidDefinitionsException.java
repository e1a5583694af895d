package dev.plumbline.definition;

import dev.plumbline.failure.InvalidException;
import java.util.List;
import java.util.stream.Collectors;

/** Everything that is wrong with the files of a project, all at once, a line for each problem. */
public final class InvalidDefinitionsException extends InvalidException {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  public InvalidDefinitionsException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** In the order of files and lines, never empty. */
  public List<Problem> problems() {
    return problems;
  }
}
