package dev.plumbline.offline.source;

import java.util.List;

/** The data is not what the source declares. Nothing was written. */
public final class SourceMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SourceMismatchException(String source, List<String> places, List<String> problems) {
    super(
        "source '%s' at %s:\n  %s"
            .formatted(source, String.join(", ", places), String.join("\n  ", problems)));
  }
}
