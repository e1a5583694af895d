package dev.plumbline.cli;

import java.util.stream.Collectors;

/** Text that is as wide as there is room. */
final class Lines {
  private Lines() {}

  /** What does not fit is cut off, and one sees that. */
  static String fitted(String text, int width) {
    return text.lines().map(line -> cut(line, width)).collect(Collectors.joining("\n"));
  }

  /** At most {@code width} characters of a line. */
  static String cut(String line, int width) {
    return line.length() <= width ? line : line.substring(0, Math.max(0, width - 1)) + "…";
  }

  /** All lines moved to the right. */
  static String indented(String text) {
    return text.lines()
        .map(line -> line.isEmpty() ? line : "  " + line)
        .collect(Collectors.joining("\n"));
  }
}
