package dev.plumbline.offline.source;

import java.util.List;

/** The data is not what the source declares. Nothing was written. */
public final class SourceMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  public SourceMismatchException(String source, List<String> places, List<String> problems) {
    super(message(source, places, problems));
    this.problems = List.copyOf(problems);
  }

  public SourceMismatchException(
      String source, List<String> places, List<String> problems, Throwable cause) {
    super(message(source, places, problems), cause);
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, one after the other. */
  public List<String> problems() {
    return problems;
  }

  private static String message(String source, List<String> places, List<String> problems) {
    return "source '%s' at %s:\n  %s"
        .formatted(source, String.join(", ", places), String.join("\n  ", problems));
  }
}
