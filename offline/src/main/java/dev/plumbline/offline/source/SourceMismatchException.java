package dev.plumbline.offline.source;

import java.util.List;

/** The data is not what the source declares. Nothing was written. */
public final class SourceMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SourceMismatchException(String source, List<String> places, List<String> problems) {
    super(message(source, places, problems));
  }

  public SourceMismatchException(
      String source, List<String> places, List<String> problems, Throwable cause) {
    super(message(source, places, problems), cause);
  }

  private static String message(String source, List<String> places, List<String> problems) {
    return "source '%s' at %s:\n  %s"
        .formatted(source, String.join(", ", places), String.join("\n  ", problems));
  }
}
