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

  /** What does not fit goes on in lines below, a little further to the right, word by word. */
  static String wrapped(String text, int width) {
    return text.lines().map(line -> wrappedLine(line, width)).collect(Collectors.joining("\n"));
  }

  private static String wrappedLine(String line, int width) {
    String margin = " ".repeat(line.length() - line.stripLeading().length() + 2);
    StringBuilder lines = new StringBuilder();
    String rest = line;
    while (rest.length() > width) {
      int end = rest.lastIndexOf(' ', width);
      if (rest.substring(0, Math.max(0, end)).isBlank()) {
        end = rest.indexOf(' ', width);
      }
      if (end < 0) {
        break;
      }
      lines.append(rest, 0, end).append('\n');
      rest = margin + rest.substring(end + 1);
    }
    return lines.append(rest).toString();
  }

  /** All lines moved to the right. */
  static String indented(String text) {
    return text.lines()
        .map(line -> line.isEmpty() ? line : "  " + line)
        .collect(Collectors.joining("\n"));
  }
}
